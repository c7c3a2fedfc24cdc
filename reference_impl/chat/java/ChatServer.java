import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Chat server: confirms every message with its length, until the client says Exit.
 *
 * <pre>
 *     javac ChatServer.java
 *     java ChatServer [port]
 *
 *     client sends        server replies
 *     Hi                  Your data was 2 bytes
 *     Exit                Disconnect             (and closes the connection)
 * </pre>
 *
 * One conversation at a time. The protocol has no message boundaries of its own: what one
 * read() returns is one message, so a client must wait for the reply before it goes on.
 */
public class ChatServer {
    private static final int SERVER_PORT = 1060;
    private static final int MAX_MESSAGE = 64 * 1024; // bytes taken in one read
    private static final int WAITING_CLIENTS = 16;
    private static final String EXIT_MESSAGE = "Exit";

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (ServerSocket listeningSocket = new ServerSocket()) {
            // After Exit the server closes first, which leaves the connection in TIME_WAIT
            // for a minute. Without this a restarted server could not bind till then.
            listeningSocket.setReuseAddress(true);
            listeningSocket.bind(new InetSocketAddress("0.0.0.0", port), WAITING_CLIENTS);
            while (true) {
                serveNextClient(listeningSocket);
            }
        } catch (IOException error) {
            System.err.println("Cannot listen on TCP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Waits for a client and holds one conversation; closes that connection only. */
    private static void serveNextClient(ServerSocket listeningSocket) {
        System.out.println("Listening at "
                + pair(listeningSocket.getInetAddress(), listeningSocket.getLocalPort()));
        try (Socket connection = listeningSocket.accept()) {
            String client = pair(connection.getInetAddress(), connection.getPort());
            String here = pair(connection.getLocalAddress(), connection.getLocalPort());
            System.out.println("The server now is connected to: " + client);
            System.out.println("Socket connects between " + here + " and " + client);
            converse(connection);
        } catch (IOException error) {
            // A reset or a broken pipe ends this conversation, not the server.
            System.out.println("Client lost: " + error.getMessage());
        }
    }

    /** Answers message after message. Returns when the client said Exit or left. */
    private static void converse(Socket connection) throws IOException {
        InputStream fromClient = connection.getInputStream();
        OutputStream toClient = connection.getOutputStream();
        byte[] buffer = new byte[MAX_MESSAGE];
        // read(), not readLine(): the messages have no newline at their end to wait for.
        int length;
        while ((length = fromClient.read(buffer)) > 0) {
            // Printed as the bytes they are: they need not be text in our encoding.
            System.out.print("Received Message from Client: ");
            System.out.write(buffer, 0, length);
            System.out.println();
            // The length is that of the bytes: "é" is one character, but two bytes.
            String message = new String(buffer, 0, length, StandardCharsets.UTF_8);
            toClient.write(replyTo(message, length).getBytes(StandardCharsets.US_ASCII));
            if (isExit(message)) {
                System.out.println("Reply sent, Server socket closed");
                return;
            }
        }
        System.out.println("Client left without Exit");
    }

    private static String replyTo(String message, int length) {
        return isExit(message) ? "Disconnect" : "Your data was " + length + " bytes";
    }

    /** Does the message say goodbye? A newline behind it (as nc adds) is fine. */
    private static boolean isExit(String message) {
        return message.matches(EXIT_MESSAGE + "[\r\n]*");
    }

    /** Returns an address as a pair: ('127.0.0.1', 1060). */
    private static String pair(InetAddress host, int port) {
        return "('" + host.getHostAddress() + "', " + port + ")";
    }

    /** Returns the port named on the command line, or the usual one. */
    private static int portFrom(String[] arguments) {
        if (arguments.length == 0) {
            return SERVER_PORT;
        }
        if (!arguments[0].matches("[1-9][0-9]{0,4}") || Integer.parseInt(arguments[0]) > 65535) {
            System.err.println("usage: java ChatServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }
}
