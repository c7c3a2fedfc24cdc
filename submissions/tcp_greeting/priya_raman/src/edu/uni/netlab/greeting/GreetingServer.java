package edu.uni.netlab.greeting;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Server of exercise 5: greets every client.
 *
 * @author Priya Raman
 */
public class GreetingServer {
    static final int PORT = 12345;

    public static void main(String[] args) throws IOException {
        InetAddress host = InetAddress.getLocalHost();
        try (ServerSocket server = new ServerSocket(PORT, 5, host)) {
            System.out.println("Server host is " + host.getHostName());
            while (true) {
                try (Socket client = server.accept()) {
                    System.out.println("Got connection from " + client.getRemoteSocketAddress());
                    PrintWriter out = new PrintWriter(client.getOutputStream(), true);
                    out.println("Thank you for connecting");
                } catch (IOException e) {
                    System.err.println("client lost: " + e.getMessage());
                }
            }
        }
    }
}
