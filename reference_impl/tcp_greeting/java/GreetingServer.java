import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * TCP greeting server: thanks each client for connecting, and closes the connection.
 *
 * <pre>
 *     javac GreetingServer.java
 *     java GreetingServer [port]
 * </pre>
 *
 * As in the lecture it is bound to the address that this computer's own name stands for.
 */
public class GreetingServer {
    private static final int SERVER_PORT = 12345;
    private static final int WAITING_CLIENTS = 16;
    private static final byte[] GREETING =
            "Thank you for connecting".getBytes(StandardCharsets.US_ASCII);

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (ServerSocket listeningSocket = new ServerSocket()) {
            InetAddress host = InetAddress.getLocalHost();
            // The server closes first, so its connections stay in TIME_WAIT for a minute.
            // Without this a restarted server could not bind its port till then.
            listeningSocket.setReuseAddress(true);
            listeningSocket.bind(new InetSocketAddress(host, port), WAITING_CLIENTS);
            System.out.println("Server host is " + host.getHostName());
            while (true) {
                greetNextClient(listeningSocket);
            }
        } catch (IOException error) {
            System.err.println("Cannot listen on TCP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Waits for a client, greets it, and closes that connection only. */
    private static void greetNextClient(ServerSocket listeningSocket) {
        try (Socket connection = listeningSocket.accept()) {
            System.out.println("Got connection from " + connection.getRemoteSocketAddress());
            // The bytes of the text and no more; writeUTF() would put its length before it.
            connection.getOutputStream().write(GREETING);
        } catch (IOException error) {
            // A client that resets or goes away early harms only itself.
            System.err.println("Client lost: " + error.getMessage());
        }
    }

    /** Returns the port named on the command line, or the usual one. */
    private static int portFrom(String[] arguments) {
        if (arguments.length == 0) {
            return SERVER_PORT;
        }
        if (!arguments[0].matches("[1-9][0-9]{0,4}") || Integer.parseInt(arguments[0]) > 65535) {
            System.err.println("usage: java GreetingServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }
}
