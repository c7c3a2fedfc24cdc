package cn.liwei.mail;

import java.util.ArrayList;
import java.util.List;

/** A message with its envelope. */
public class Message {
    public final String sender;
    public final List<String> recipients = new ArrayList<>();
    public final StringBuilder text = new StringBuilder();

    public Message(String sender) {
        this.sender = sender;
    }

    @Override
    public String toString() {
        return "from " + sender + " to " + recipients + ", " + text.length() + " characters";
    }
}
