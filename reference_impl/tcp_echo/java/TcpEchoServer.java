import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * TCP echo server: one message per connection, answered in upper case.
 *
 * <pre>
 *     javac TcpEchoServer.java
 *     java TcpEchoServer [port]
 * </pre>
 *
 * For ever: accept a connection, read once, write the upper-cased bytes, close that
 * connection. Clients are served one after the other.
 */
public class TcpEchoServer {
    private static final int SERVER_PORT = 12000;
    private static final int MAX_MESSAGE = 64 * 1024; // bytes taken in one read
    private static final int WAITING_CLIENTS = 16;

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (ServerSocket listeningSocket = new ServerSocket()) {
            // The server closes first, so its connections stay in TIME_WAIT for a minute.
            // Without this a restarted server could not bind its port till then.
            listeningSocket.setReuseAddress(true);
            listeningSocket.bind(new InetSocketAddress(port), WAITING_CLIENTS);
            System.out.println("The server is ready to receive");
            while (true) {
                serveNextClient(listeningSocket);
            }
        } catch (IOException error) {
            System.err.println("Cannot listen on TCP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Answers the one message of the next client, and closes that connection only. */
    private static void serveNextClient(ServerSocket listeningSocket) {
        try (Socket connection = listeningSocket.accept()) {
            // read(), not readLine(): the message has no newline at its end to wait for.
            byte[] buffer = new byte[MAX_MESSAGE];
            int length = connection.getInputStream().read(buffer);
            if (length > 0) { // -1: the client left without a word
                connection.getOutputStream().write(upperCase(Arrays.copyOf(buffer, length)));
            }
        } catch (IOException error) {
            // A client that resets or goes away early harms only itself.
            System.err.println("Client lost: " + error.getMessage());
        }
    }

    /**
     * Returns the bytes in upper case. Text is upper-cased as text; bytes that are no UTF-8
     * only have their ASCII letters changed, where new String() would replace them by "?".
     */
    private static byte[] upperCase(byte[] message) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(message)).toString();
            // ROOT: on a Turkish computer the upper case of "i" would be another letter.
            return text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            byte[] upper = message.clone();
            for (int i = 0; i < upper.length; i++) {
                if (upper[i] >= 'a' && upper[i] <= 'z') {
                    upper[i] -= 'a' - 'A';
                }
            }
            return upper;
        }
    }

    /** Returns the port named on the command line, or the usual one. */
    private static int portFrom(String[] arguments) {
        if (arguments.length == 0) {
            return SERVER_PORT;
        }
        if (!arguments[0].matches("[1-9][0-9]{0,4}") || Integer.parseInt(arguments[0]) > 65535) {
            System.err.println("usage: java TcpEchoServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }
}
