import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * UDP echo server: answers every datagram with the same text in upper case.
 *
 * <pre>
 *     javac UdpEchoServer.java
 *     java UdpEchoServer [port]
 * </pre>
 *
 * UDP has no connections, so this server keeps no state: each datagram is answered on its
 * own, and any number of clients may talk to it at the same time.
 */
public class UdpEchoServer {
    private static final int SERVER_PORT = 12000;

    /** The largest payload of an IPv4 datagram: 65535 - 20 (IP header) - 8 (UDP header). */
    private static final int MAX_DATAGRAM = 65507;

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (DatagramSocket serverSocket = new DatagramSocket(port)) {
            System.out.println("The server is ready to receive");
            while (true) {
                answerOneDatagram(serverSocket);
            }
        } catch (SocketException error) {
            System.err.println("Cannot open UDP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Waits for a datagram and sends its upper-case twin back to whoever sent it. */
    private static void answerOneDatagram(DatagramSocket serverSocket) {
        // A fresh packet each time: receive() shrinks a packet to the length of what came
        // in, and a used one would cut off the next, longer datagram.
        DatagramPacket question = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        try {
            serverSocket.receive(question);
            // Only getLength() bytes are the message; the rest of the array is padding.
            byte[] message = Arrays.copyOf(question.getData(), question.getLength());
            byte[] reply = upperCase(message);
            serverSocket.send(new DatagramPacket(reply, reply.length, question.getSocketAddress()));
        } catch (IOException error) {
            // One reply lost; the other clients still want theirs.
            System.err.println("Datagram not answered: " + error.getMessage());
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
            System.err.println("usage: java UdpEchoServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }
}
