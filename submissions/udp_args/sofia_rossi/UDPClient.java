import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

// Sofia Rossi, Reti di calcolatori, esercizio 3
public class UDPClient {
    public static void main(String[] args) throws Exception {
        int port;
        String message;
        try {
            port = Integer.parseInt(args[0]);
            message = args[1];
        } catch (RuntimeException e) {
            System.out.println("Uso: java UDPClient <porta> <messaggio>");
            System.exit(1);
            return;
        }
        DatagramSocket socket = new DatagramSocket(port);
        byte[] data = message.getBytes();
        socket.send(new DatagramPacket(data, data.length, InetAddress.getByName("localhost"), 12000));
        DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
        socket.receive(reply);
        System.out.println(new String(reply.getData(), 0, reply.getLength()));
        socket.close();
    }
}
