import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

// Nguyen Thi Mai, lab 4
public class Server {
    public static void main(String[] args) throws Exception {
        DatagramSocket socket = new DatagramSocket(50000, InetAddress.getByName("127.0.0.1"));
        System.out.println("UDP server started ...");
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[32], 32);
            socket.receive(packet);
            byte[] text = packet.getData();
            int length = packet.getLength();
            System.out.println(length + " bytes from " + packet.getAddress());
            if (new String(text, 0, length).equals("quit")) {
                break;
            }
            for (int i = 0; i < length; i++) {
                if (text[i] >= 'a' && text[i] <= 'z') {
                    text[i] -= 32;
                }
            }
            socket.send(packet);
        }
        socket.close();
    }
}
