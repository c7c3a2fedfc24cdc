package cn.liwei.mail;

import java.util.ArrayList;
import java.util.List;

/** Keeps the messages in memory. */
public class Mailbox {
    private final List<Message> messages = new ArrayList<>();

    public synchronized void add(Message message) {
        messages.add(message);
        System.out.println(messages.size() + " message(s), the last one " + message);
    }
}
