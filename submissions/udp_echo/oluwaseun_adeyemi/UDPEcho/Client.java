import java.io.IOException;
import java.net.*;
import java.util.Scanner;

/*
 * CSC 322 Assignment 1
 * Oluwaseun Adeyemi
 */
public class Client {
    public static void main(String[] args) throws IOException {
        Scanner input = new Scanner(System.in);
        System.out.print("Input lowercase sentence: ");
        String sentence = input.nextLine();

        DatagramSocket socket = new DatagramSocket();
        byte[] buf = sentence.getBytes();
        socket.send(new DatagramPacket(buf, buf.length, InetAddress.getLoopbackAddress(), 12000));

        byte[] answer = new byte[2048];
        DatagramPacket packet = new DatagramPacket(answer, answer.length);
        socket.receive(packet);
        System.out.println("Server replied: " + new String(answer, 0, packet.getLength()));
        socket.close();
    }
}
