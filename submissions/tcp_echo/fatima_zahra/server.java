import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

// TCP server, practical 3
// Fatima Zahra El Idrissi
public class TcpUpperServer {

    static final int PORT = 12000;

    public static void main(String[] args) {
        try {
            ServerSocket ss = new ServerSocket(PORT);
            System.out.println("Waiting for clients on port " + PORT);
            while (true) {
                Socket s = ss.accept();
                InputStream in = s.getInputStream();
                OutputStream out = s.getOutputStream();

                byte[] buf = new byte[4096];
                int n = in.read(buf);
                String msg = new String(buf, 0, n);
                System.out.println("received: " + msg);

                out.write(msg.toUpperCase().getBytes());
                s.close();
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
