package edu.uni.netlab.session;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server of exercise 4: prints every text, returns it in upper case, ends at "quit".
 *
 * @author Priya Raman
 */
public class SessionServer {
    static final int PORT = 50000;
    private static final byte[] QUIT = "quit".getBytes(StandardCharsets.US_ASCII);

    public static void main(String[] args) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(PORT)) {
            System.out.println("Server started on port " + PORT);
            while (true) {
                DatagramPacket request = new DatagramPacket(new byte[2048], 2048);
                socket.receive(request);
                byte[] data = Arrays.copyOf(request.getData(), request.getLength());
                String text = new String(data, StandardCharsets.ISO_8859_1);
                System.out.println("[" + request.getSocketAddress() + "] " + text);
                if (Arrays.equals(data, QUIT)) {
                    break;
                }
                byte[] answer = text.toUpperCase().getBytes(StandardCharsets.ISO_8859_1);
                socket.send(new DatagramPacket(answer, answer.length, request.getSocketAddress()));
            }
        }
        System.out.println("Server stopped");
    }
}
