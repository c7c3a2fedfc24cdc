import java.io.IOException;
import java.net.*;

/*
 * CSC 322 Assignment 1
 * Oluwaseun Adeyemi
 *
 * The server has two parts: the Receiver waits for packets, the Sender sends
 * the answers.
 */
class Receiver {
    private DatagramSocket socket;

    Receiver(int port) throws SocketException {
        socket = new DatagramSocket(port);
    }

    DatagramPacket next() throws IOException {
        byte[] buf = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buf, buf.length);
        socket.receive(packet);
        return packet;
    }
}

class Sender {
    private DatagramSocket socket;

    Sender() throws SocketException {
        socket = new DatagramSocket();
    }

    void send(String text, InetAddress to, int port) throws IOException {
        byte[] buf = text.getBytes();
        socket.send(new DatagramPacket(buf, buf.length, to, port));
    }
}

public class Server {
    public static void main(String[] args) throws IOException {
        Receiver receiver = new Receiver(12000);
        Sender sender = new Sender();
        System.out.println("Server is up");
        while (true) {
            DatagramPacket packet = receiver.next();
            String text = new String(packet.getData(), 0, packet.getLength());
            System.out.println("Received: " + text);
            sender.send(text.toUpperCase(), packet.getAddress(), packet.getPort());
        }
    }
}
