package edu.uni.netlab.udpargs;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server of exercise 3: prints every message with its sender, returns it in upper case.
 *
 * @author Priya Raman
 */
public class ArgsServer {
    static final int PORT = 12000;
    private static final int BUFFER_SIZE = 2048;

    public static void main(String[] args) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(PORT)) {
            System.out.println("Server started on port " + PORT);
            byte[] buffer = new byte[BUFFER_SIZE];
            while (true) {
                DatagramPacket request = new DatagramPacket(buffer, buffer.length);
                socket.receive(request);
                byte[] data = Arrays.copyOf(request.getData(), request.getLength());
                String text = new String(data, StandardCharsets.ISO_8859_1);
                System.out.println("This message: \"" + text + "\"");
                System.out.println("is received from: " + request.getSocketAddress());
                byte[] answer = text.toUpperCase().getBytes(StandardCharsets.ISO_8859_1);
                socket.send(new DatagramPacket(answer, answer.length, request.getSocketAddress()));
            }
        }
    }
}
