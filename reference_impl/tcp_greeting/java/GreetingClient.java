import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * TCP greeting client: connects, prints what the server says, ends.
 *
 * <pre>
 *     javac GreetingClient.java
 *     java GreetingClient
 * </pre>
 */
public class GreetingClient {
    private static final int SERVER_PORT = 12345;

    public static void main(String[] arguments) {
        try (Socket connection = new Socket(InetAddress.getLocalHost(), SERVER_PORT)) {
            // All until the server closes: a single read() may bring only the beginning.
            byte[] greeting = connection.getInputStream().readAllBytes();
            System.out.println(new String(greeting, StandardCharsets.UTF_8));
        } catch (IOException error) {
            System.err.println("Cannot talk to the server: " + error.getMessage());
            System.exit(1);
        }
    }
}
