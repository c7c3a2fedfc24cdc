import java.io.InputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

public class Server {
    static final int PORT = 50000;

    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(PORT);
        while (true) {
            try (Socket s = ss.accept()) {
                serve(s);
            } catch (IOException e) {
                System.out.println("lost a client: " + e);
            }
        }
    }

    static void serve(Socket s) throws IOException {
        InputStream in = s.getInputStream();
        byte[] b = new byte[1024];
        for (int n = in.read(b); n > 0; n = in.read(b)) {
            String message = new String(b, 0, n);
            System.out.println("Client> " + message);
            if (message.equals("quit")) return;
            s.getOutputStream().write(message.toUpperCase().getBytes());
        }
    }
}
