package edu.uni.netlab.session;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/**
 * Client of exercise 4: sends line after line until the user types "quit".
 *
 * @author Priya Raman
 */
public class SessionClient {

    public static void main(String[] args) throws IOException {
        Scanner keyboard = new Scanner(System.in);
        InetAddress host = InetAddress.getByName("localhost");
        try (DatagramSocket socket = new DatagramSocket()) {
            System.out.println("What is your name?");
            String name = keyboard.nextLine();
            String line;
            do {
                System.out.print(name + "> ");
                line = keyboard.nextLine().strip();
                byte[] data = line.getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(data, data.length, host, SessionServer.PORT));
                if (!line.equals("quit")) {
                    DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
                    socket.receive(reply);
                    System.out.println("Server says: " + new String(reply.getData(), 0,
                            reply.getLength(), StandardCharsets.UTF_8));
                }
            } while (!line.equals("quit"));
        }
    }
}
