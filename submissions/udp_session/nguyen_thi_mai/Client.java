import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Scanner;

// Nguyen Thi Mai, lab 4
public class Client {
    public static void main(String[] args) throws Exception {
        Scanner in = new Scanner(System.in);
        DatagramSocket socket = new DatagramSocket();
        System.out.print("Enter your name: ");
        String name = in.nextLine();
        while (true) {
            System.out.print(name + "> ");
            String line = in.nextLine().trim();
            byte[] data = line.getBytes();
            socket.send(new DatagramPacket(data, data.length, InetAddress.getByName("127.0.0.1"), 50000));
            if (line.equals("quit")) {
                break;
            }
            DatagramPacket reply = new DatagramPacket(new byte[32], 32);
            socket.receive(reply);
            System.out.println(new String(reply.getData(), 0, reply.getLength()));
        }
        socket.close();
    }
}
