import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Scanner;

// UDP client, practical 2
// Fatima Zahra El Idrissi
public class UdpUpperClient {

    static final int PORT = 12000;

    public static void main(String[] args) {
        try {
            Scanner sc = new Scanner(System.in);
            System.out.println("Input lowercase sentence:");
            String line = sc.nextLine();

            DatagramSocket ds = new DatagramSocket();
            byte[] out = line.getBytes();
            ds.send(new DatagramPacket(out, out.length, InetAddress.getByName("127.0.0.1"), PORT));

            byte[] in = new byte[1024];
            DatagramPacket dp = new DatagramPacket(in, in.length);
            ds.receive(dp);
            System.out.println("Modified Message: " + new String(dp.getData()).trim());
            ds.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
