package edu.netlab.chat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Accepts one client after the other. */
public class ChatServer {

    public static void main(String[] args) throws IOException {
        try (ServerSocket serverSocket = new ServerSocket(Protocol.PORT)) {
            while (true) {
                System.out.println("Listening at " + serverSocket.getLocalSocketAddress());
                Socket socket = serverSocket.accept();
                System.out.println("The server now is connected to: " + socket.getRemoteSocketAddress());
                System.out.println("Socket connects between " + socket.getLocalSocketAddress()
                        + " and " + socket.getRemoteSocketAddress());
                try {
                    new ClientHandler(socket).handle();
                } catch (IOException e) {
                    System.out.println("Problem with client: " + e.getMessage());
                } finally {
                    socket.close();
                }
                System.out.println("Reply sent, Server socket closed");
            }
        }
    }
}
