package edu.uni.netlab.tcp;

import edu.uni.netlab.util.Settings;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Server of exercise 3: returns the message of every client in upper case.
 *
 * @author Priya Raman
 */
public class EchoServer {

    public static void main(String[] args) throws IOException {
        try (ServerSocket listener = new ServerSocket(Settings.PORT)) {
            System.out.println("Server started on port " + Settings.PORT);
            while (true) {
                Socket client = listener.accept();
                new Thread(new ClientHandler(client)).start();
            }
        }
    }
}
