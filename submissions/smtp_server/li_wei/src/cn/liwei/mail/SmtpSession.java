package cn.liwei.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;

/** The dialogue with one client. */
public class SmtpSession implements Runnable {
    private final Socket socket;
    private final Mailbox mailbox;
    private PrintWriter out;
    private boolean greeted;
    private Message message;

    public SmtpSession(Socket socket, Mailbox mailbox) {
        this.socket = socket;
        this.mailbox = mailbox;
    }

    @Override
    public void run() {
        try (Socket connection = socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream()));
            out = new PrintWriter(connection.getOutputStream());
            say("220-Welcome");
            say("220 li.wei mail server");
            String line;
            while ((line = in.readLine()) != null) {
                String[] words = line.trim().split("[ :]+", 2);
                String command = words[0].toUpperCase();
                if (command.equals("QUIT")) {
                    say("221 Bye");
                    return;
                }
                execute(command, words.length > 1 ? words[1] : "", in);
            }
        } catch (IOException e) {
            System.out.println("lost a client: " + e.getMessage());
        }
    }

    private void execute(String command, String argument, BufferedReader in) throws IOException {
        switch (command) {
            case "EHLO" -> {
                greeted = true;
                message = null;
                say("250-li.wei greets " + argument);
                say("250-8BITMIME");
                say("250 SIZE 5000000");
            }
            case "HELO" -> {
                greeted = true;
                message = null;
                say("250 li.wei greets " + argument);
            }
            case "MAIL" -> {
                if (!greeted || message != null) {
                    say("503 Bad sequence");
                } else {
                    message = new Message(argument);
                    say("250 OK");
                }
            }
            case "RCPT" -> {
                if (message == null) {
                    say("503 Bad sequence");
                } else {
                    message.recipients.add(argument);
                    say("250 OK");
                }
            }
            case "DATA" -> {
                if (message == null || message.recipients.isEmpty()) {
                    say("503 Bad sequence");
                } else {
                    receive(in);
                }
            }
            case "RSET" -> {
                message = null;
                say("250 OK");
            }
            default -> say("500 Unknown command");
        }
    }

    private void receive(BufferedReader in) throws IOException {
        say("354 Send it");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                mailbox.add(message);
                message = null;
                say("250 Got it");
                return;
            }
            message.text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
    }

    private void say(String reply) {
        out.print(reply + "\r\n");
        out.flush();
    }
}
