import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

public class Server {

    static String pair(InetAddress host, int port) {
        return "('" + host.getHostAddress() + "', " + port + ")";
    }

    public static void main(String[] args) throws Exception {
        ServerSocket ss = new ServerSocket(1060);
        while (true) {
            System.out.println("Listening at " + pair(ss.getInetAddress(), ss.getLocalPort()));
            Socket s = ss.accept();
            System.out.println("The server now is connected to: " + pair(s.getInetAddress(), s.getPort()));
            System.out.println("Socket connects between " + pair(s.getLocalAddress(), s.getLocalPort())
                    + " and " + pair(s.getInetAddress(), s.getPort()));
            try {
                InputStream in = s.getInputStream();
                OutputStream out = s.getOutputStream();
                byte[] b = new byte[8192];
                for (int n = in.read(b); n > 0; n = in.read(b)) {
                    String m = new String(b, 0, n, "UTF-8");
                    System.out.println("Received Message from Client: " + m);
                    if (m.trim().equals("Exit")) {
                        out.write("Disconnect".getBytes());
                        break;
                    }
                    out.write(("Your data was " + n + " bytes").getBytes());
                }
            } catch (Exception e) {
                System.out.println(e);
            }
            s.close();
            System.out.println("Reply sent, Server socket closed");
        }
    }
}
