import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SMTP server: takes messages from mail clients and prints them (RFC 5321).
 *
 * <pre>
 *     javac SmtpServer.java
 *     java SmtpServer [port]
 *
 *     client                              server
 *                                         220 localhost SMTP server ready
 *     HELO laptop                         250 Hello laptop
 *     MAIL FROM:&lt;ann@example.org&gt;         250 Sender accepted
 *     RCPT TO:&lt;bob@example.org&gt;           250 Recipient accepted
 *     DATA                                354 Go ahead, end with a line that is only a dot
 *     Subject: Lunch?                     (nothing: this is the message, not commands)
 *     .                                   250 Message accepted for delivery
 *     QUIT                                221 Goodbye            (and closes the connection)
 * </pre>
 *
 * One client at a time. Nothing is delivered: the messages are printed.
 */
public class SmtpServer {
    private static final int SERVER_PORT = 2525; // mail servers use 25: only root may
    private static final int WAITING_CLIENTS = 16;

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (ServerSocket listeningSocket = new ServerSocket()) {
            // After QUIT the server closes first, which leaves the connection in TIME_WAIT
            // for a minute. Without this a restarted server could not bind till then.
            listeningSocket.setReuseAddress(true);
            listeningSocket.bind(new InetSocketAddress("0.0.0.0", port), WAITING_CLIENTS);
            System.out.println("The mail server is ready at port " + port);
            while (true) {
                serveNextClient(listeningSocket);
            }
        } catch (IOException error) {
            System.err.println("Cannot listen on TCP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Waits for a client and holds one dialogue; closes that connection only. */
    private static void serveNextClient(ServerSocket listeningSocket) {
        try (Socket connection = listeningSocket.accept()) {
            System.out.println("Connected to " + connection.getRemoteSocketAddress());
            new Session(connection).run();
        } catch (IOException error) {
            // A client that leaves or resets ends this dialogue, not the server.
            System.out.println("Client lost: " + error.getMessage());
        }
    }

    /** Returns the port named on the command line, or the usual one. */
    private static int portFrom(String[] arguments) {
        if (arguments.length == 0) {
            return SERVER_PORT;
        }
        if (!arguments[0].matches("[1-9][0-9]{0,4}") || Integer.parseInt(arguments[0]) > 65535) {
            System.err.println("usage: java SmtpServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }

    /** One client's dialogue: what it has said so far decides what may come next. */
    private static class Session {
        private static final Pattern SENDER = // the address is empty in error reports
                Pattern.compile("FROM: ?<([^<>]*)>( .*)?", Pattern.CASE_INSENSITIVE);
        private static final Pattern RECIPIENT =
                Pattern.compile("TO: ?<([^<>]+)>( .*)?", Pattern.CASE_INSENSITIVE);

        private final BufferedReader fromClient;
        private final OutputStream toClient;
        private boolean hasGreeted = false;
        private boolean isOver = false;
        private String sender = null;
        private final List<String> recipients = new ArrayList<>();

        Session(Socket connection) throws IOException {
            // TCP is a stream: a line may come in many pieces, or many lines in one piece.
            // readLine() waits until a line is whole, and keeps the rest. In this charset
            // every byte is a character, so that any message can be read.
            fromClient = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            toClient = connection.getOutputStream();
        }

        /** Answers command after command until QUIT. */
        void run() throws IOException {
            reply("220 localhost SMTP server ready");
            while (!isOver) {
                String line = readLine();
                String text = answer(line);
                System.out.println(line + " -> " + text);
                reply(text);
            }
        }

        private String readLine() throws IOException {
            String line = fromClient.readLine();
            if (line == null) { // the client has closed its side
                throw new IOException("left without QUIT");
            }
            return line;
        }

        /** Sends one reply. Not println(), whose line end is not CR LF on every system. */
        private void reply(String text) throws IOException {
            toClient.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        private String answer(String line) throws IOException {
            String[] words = line.split(" ", 2);
            String argument = words.length > 1 ? words[1].trim() : "";
            // Commands may be written in small letters, and some clients do so.
            switch (words[0].toUpperCase(Locale.ROOT)) {
                case "HELO":
                case "EHLO":
                    return hello(argument);
                case "MAIL":
                    return mailFrom(argument);
                case "RCPT":
                    return rcptTo(argument);
                case "DATA":
                    return data();
                case "RSET":
                    forgetMessage();
                    return "250 Forgotten";
                case "NOOP":
                    return "250 Nothing done";
                case "QUIT":
                    isOver = true;
                    return "221 Goodbye";
                default:
                    return "500 I do not know this command";
            }
        }

        private String hello(String argument) {
            if (argument.isEmpty()) {
                return "501 Say who you are: HELO name";
            }
            hasGreeted = true;
            forgetMessage();
            return "250 Hello " + argument;
        }

        private String mailFrom(String argument) {
            if (!hasGreeted) {
                return "503 Say HELO first";
            }
            if (sender != null) {
                return "503 You have named the sender already";
            }
            Matcher matcher = SENDER.matcher(argument);
            if (!matcher.matches()) {
                return "501 Write it as MAIL FROM:<address>";
            }
            sender = matcher.group(1);
            return "250 Sender accepted";
        }

        private String rcptTo(String argument) {
            if (sender == null) {
                return "503 Say MAIL FROM first";
            }
            Matcher matcher = RECIPIENT.matcher(argument);
            if (!matcher.matches()) {
                return "501 Write it as RCPT TO:<address>";
            }
            recipients.add(matcher.group(1));
            return "250 Recipient accepted";
        }

        /** Takes the message up to the dot. Nothing in it is a command, not even QUIT. */
        private String data() throws IOException {
            if (recipients.isEmpty()) {
                return "503 Say RCPT TO first";
            }
            reply("354 Go ahead, end with a line that is only a dot");
            System.out.println("Message from <" + sender + "> to " + recipients + ":");
            String line;
            while (!(line = readLine()).equals(".")) {
                // A line that begins with a dot got one more from the client, so that it
                // cannot be taken for the end (RFC 5321, section 4.5.2).
                System.out.println("    " + (line.startsWith(".") ? line.substring(1) : line));
            }
            forgetMessage();
            return "250 Message accepted for delivery";
        }

        private void forgetMessage() {
            sender = null;
            recipients.clear();
        }
    }
}
