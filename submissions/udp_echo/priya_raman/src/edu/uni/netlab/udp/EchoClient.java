package edu.uni.netlab.udp;

import edu.uni.netlab.util.Settings;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Scanner;

/**
 * Client of exercise 2: sends lines to the server until the user types "quit".
 *
 * @author Priya Raman
 */
public class EchoClient {

    private final DatagramSocket socket;
    private final InetAddress host;

    public EchoClient(String hostName) throws IOException {
        socket = new DatagramSocket();
        host = InetAddress.getByName(hostName);
    }

    /** Sends one text and returns what the server answers. */
    public String ask(String text) throws IOException {
        byte[] data = text.getBytes(Settings.CHARSET);
        socket.send(new DatagramPacket(data, data.length, host, Settings.PORT));

        DatagramPacket reply = new DatagramPacket(new byte[Settings.BUFFER_SIZE], Settings.BUFFER_SIZE);
        socket.receive(reply);
        return new String(reply.getData(), 0, reply.getLength(), Settings.CHARSET);
    }

    public static void main(String[] args) throws IOException {
        EchoClient client = new EchoClient("localhost");
        Scanner keyboard = new Scanner(System.in);
        while (true) {
            System.out.print("Message (quit to end): ");
            String line = keyboard.nextLine();
            if (line.equals("quit")) {
                break;
            }
            System.out.println("Server says: " + client.ask(line));
        }
        keyboard.close();
    }
}
