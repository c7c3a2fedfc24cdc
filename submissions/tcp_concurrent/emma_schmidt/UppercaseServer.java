import java.io.IOException;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.*;

/** One virtual thread per client (Java 21). */
public class UppercaseServer {
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 50000;
        try (var server = new ServerSocket(port);
             var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            System.out.printf("[server] up on port %d%n", port);
            while (true) {
                Socket client = server.accept();
                executor.submit(() -> talk(client));
            }
        }
    }

    private static void talk(Socket client) {
        System.out.printf("[%s] hello%n", client.getRemoteSocketAddress());
        var buffer = new byte[8192];
        try (client) {
            var in = client.getInputStream();
            var out = client.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                var text = new String(buffer, 0, n, StandardCharsets.UTF_8);
                if (text.trim().equals("quit")) {
                    break;
                }
                out.write(text.toUpperCase().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.out.printf("[%s] %s%n", client.getRemoteSocketAddress(), e.getMessage());
        }
        System.out.printf("[%s] bye%n", client.getRemoteSocketAddress());
    }
}
