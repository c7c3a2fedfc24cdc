import java.net.Socket;
import java.util.Scanner;

// TCP client, practical 3
// Fatima Zahra El Idrissi
public class TcpUpperClient {

    static final int PORT = 12000;

    public static void main(String[] args) {
        try {
            Socket s = new Socket("127.0.0.1", PORT);
            Scanner sc = new Scanner(System.in);
            System.out.println("Input lowercase sentence:");
            String line = sc.nextLine();
            s.getOutputStream().write(line.getBytes());

            byte[] buf = new byte[4096];
            int n = s.getInputStream().read(buf);
            System.out.println("Modified Message: " + new String(buf, 0, n));
            s.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
