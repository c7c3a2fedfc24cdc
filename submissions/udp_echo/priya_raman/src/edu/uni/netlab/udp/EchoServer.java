package edu.uni.netlab.udp;

import edu.uni.netlab.util.Settings;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/**
 * Server of exercise 2: returns every message in upper case.
 *
 * @author Priya Raman
 */
public class EchoServer {

    private final DatagramSocket socket;

    public EchoServer(int port) throws IOException {
        socket = new DatagramSocket(port);
    }

    /** Answers messages until the program is stopped. */
    public void run() throws IOException {
        byte[] buffer = new byte[Settings.BUFFER_SIZE];
        while (true) {
            DatagramPacket request = new DatagramPacket(buffer, buffer.length);
            socket.receive(request);
            String text = new String(request.getData(), 0, request.getLength(), Settings.CHARSET);
            byte[] answer = text.toUpperCase().getBytes(Settings.CHARSET);
            socket.send(new DatagramPacket(answer, answer.length, request.getSocketAddress()));
        }
    }

    public static void main(String[] args) throws IOException {
        EchoServer server = new EchoServer(Settings.PORT);
        System.out.println("Server started on port " + Settings.PORT);
        server.run();
    }
}
