import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Concurrent TCP server, a thread for each client: what they send comes back in upper case.
 *
 * <pre>
 *     javac ConcurrentServer.java
 *     java ConcurrentServer [port]
 * </pre>
 *
 * The main thread does nothing but accept clients. Each conversation runs in a thread of its own
 * and may wait for its client as long as it likes: a silent client holds up nobody else.
 */
public class ConcurrentServer {
    private static final int SERVER_PORT = 50000;
    private static final int MAX_MESSAGE = 64 * 1024; // bytes taken in one read
    private static final int WAITING_CLIENTS = 64;
    private static final String QUIT_MESSAGE = "quit";

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (ServerSocket listeningSocket = new ServerSocket()) {
            // After quit the server closes first, which leaves the connection in TIME_WAIT
            // for a minute. Without this a restarted server could not bind till then.
            listeningSocket.setReuseAddress(true);
            listeningSocket.bind(new InetSocketAddress("0.0.0.0", port), WAITING_CLIENTS);
            System.out.println("TCP server started, a thread for each client");
            while (true) {
                Socket connection = listeningSocket.accept();
                new Thread(() -> serveClient(connection)).start();
            }
        } catch (IOException error) {
            System.err.println("Cannot serve TCP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Holds one conversation and closes its connection: all that one thread does. */
    private static void serveClient(Socket connection) {
        SocketAddress client = connection.getRemoteSocketAddress();
        System.out.println("New client connected: " + client);
        try (connection) {
            converse(connection);
        } catch (IOException error) {
            // A reset or a broken pipe ends this conversation, not the others.
            System.out.println("Client lost: " + client + " " + error.getMessage());
        }
        System.out.println("Client disconnected: " + client);
    }

    /** Answers message after message. Returns when the client said quit or left. */
    private static void converse(Socket connection) throws IOException {
        InputStream fromClient = connection.getInputStream();
        OutputStream toClient = connection.getOutputStream();
        byte[] buffer = new byte[MAX_MESSAGE]; // one for each client, shared with nobody
        // read(), not readLine(): the messages have no newline at their end to wait for.
        int length;
        while ((length = fromClient.read(buffer)) > 0) {
            String message = new String(buffer, 0, length, StandardCharsets.UTF_8);
            if (isQuit(message)) {
                return;
            }
            toClient.write(upperCase(buffer, length, message));
        }
    }

    /** Text is upper-cased as text; of bytes that are no UTF-8, only the ASCII letters. */
    private static byte[] upperCase(byte[] bytes, int length, String text) {
        // Bytes that are no UTF-8 were read as U+FFFD.
        if (text.indexOf('\uFFFD') < 0) {
            return text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        }
        byte[] reply = new byte[length];
        for (int i = 0; i < length; i++) {
            boolean isLetter = bytes[i] >= 'a' && bytes[i] <= 'z';
            reply[i] = (byte) (isLetter ? bytes[i] - 'a' + 'A' : bytes[i]);
        }
        return reply;
    }

    /** Does the message say goodbye? A newline behind it (as nc adds) is fine. */
    private static boolean isQuit(String message) {
        return message.matches(QUIT_MESSAGE + "[\r\n]*");
    }

    /** Returns the port named on the command line, or the usual one. */
    private static int portFrom(String[] arguments) {
        if (arguments.length == 0) {
            return SERVER_PORT;
        }
        if (!arguments[0].matches("[1-9][0-9]{0,4}") || Integer.parseInt(arguments[0]) > 65535) {
            System.err.println("usage: java ConcurrentServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }
}
