package edu.uni.netlab.greeting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Client of exercise 5: shows what the server says.
 *
 * @author Priya Raman
 */
public class GreetingClient {

    public static void main(String[] args) throws IOException {
        InetAddress host = InetAddress.getLocalHost();
        try (Socket socket = new Socket(host, GreetingServer.PORT);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream()))) {
            String line = in.readLine();
            System.out.println("Server: " + line);
        }
    }
}
