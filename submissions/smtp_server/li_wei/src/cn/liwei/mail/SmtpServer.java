package cn.liwei.mail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Listens and gives every client to a worker of the pool. */
public class SmtpServer {
    private static final int PORT = 1025;

    public static void main(String[] args) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        Mailbox mailbox = new Mailbox();
        try (ServerSocket server = new ServerSocket(PORT)) {
            System.out.println("Mail server started, port " + PORT);
            while (true) {
                Socket socket = server.accept();
                workers.submit(new SmtpSession(socket, mailbox));
            }
        }
    }
}
