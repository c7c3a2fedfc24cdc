import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public class PoolServer {
    static final int PORT = 50000;
    static final int THREADS = 8;

    public static void main(String[] args) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        ServerSocket ss = new ServerSocket(PORT);
        while (true) {
            Socket s = ss.accept();
            pool.execute(() -> serve(s));
        }
    }

    static void serve(Socket s) {
        try (s) {
            InputStream in = s.getInputStream();
            byte[] b = new byte[1024];
            for (int n = in.read(b); n > 0; n = in.read(b)) {
                String message = new String(b, 0, n);
                if (message.equals("quit")) return;
                s.getOutputStream().write(message.toUpperCase().getBytes());
            }
        } catch (IOException e) {
            System.out.println("lost a client: " + e);
        }
    }
}
