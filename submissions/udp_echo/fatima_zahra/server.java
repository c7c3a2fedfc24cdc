import java.net.DatagramPacket;
import java.net.DatagramSocket;

// UDP server, practical 2
// Fatima Zahra El Idrissi
public class UdpUpperServer {

    static final int PORT = 12000;

    public static void main(String[] args) {
        try {
            DatagramSocket ds = new DatagramSocket(PORT);
            System.out.println("Waiting for datagrams on port " + PORT);
            while (true) {
                // new buffer each time so that nothing old stays in it
                byte[] in = new byte[1024];
                DatagramPacket dp = new DatagramPacket(in, in.length);
                ds.receive(dp);

                String msg = new String(dp.getData());
                System.out.println("received: " + msg.trim());

                byte[] out = msg.toUpperCase().getBytes();
                ds.send(new DatagramPacket(out, out.length, dp.getAddress(), dp.getPort()));
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
