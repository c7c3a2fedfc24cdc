import java.net.DatagramPacket;
import java.net.DatagramSocket;

// Sofia Rossi, Reti di calcolatori, esercizio 3
public class UDPServer {
    public static void main(String[] args) throws Exception {
        DatagramSocket socket = new DatagramSocket(12000);
        System.out.println("The server is ready to receive");
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            String message = new String(packet.getData(), 0, packet.getLength());
            message = message.toUpperCase();
            System.out.println("This message:  " + message);
            System.out.println("is received from: " + packet.getAddress() + " " + packet.getPort());
            byte[] reply = message.getBytes();
            socket.send(new DatagramPacket(reply, reply.length, packet.getAddress(), packet.getPort()));
        }
    }
}
