import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Network programming, lab 3 (Park Min-jun, 2021-14032)
 */
public class EchoServer {
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 12000;
        ServerSocket server = new ServerSocket(port);
        System.out.println("EchoServer: port " + port);

        while (true) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                byte[] buf = new byte[4096];
                int len = in.read(buf);
                if (len == -1) {
                    continue;
                }
                for (int i = 0; i < len; i++) {
                    if (Character.isLowerCase((char) buf[i])) {
                        buf[i] = (byte) Character.toUpperCase((char) buf[i]);
                    }
                }
                socket.getOutputStream().write(buf, 0, len);
            } catch (IOException e) {
                System.out.println("EchoServer: " + e.getMessage());
            }
        }
    }
}
