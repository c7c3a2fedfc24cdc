import java.io.*;
import java.net.*;

public class SMTPServer {

    enum State { START, HELLO, MAIL, RCPT, DATA }

    private final Socket socket;
    private State state = State.START;

    SMTPServer(Socket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(2525));
        System.out.println("SMTP server running");
        for (;;) {
            Socket s = listener.accept();
            try {
                new SMTPServer(s).serve();
            } catch (IOException e) {
                System.out.println("connection lost");
            } finally {
                s.close();
            }
        }
    }

    void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        OutputStream out = socket.getOutputStream();
        String reply = "220 SMTPServer";
        while (true) {
            if (reply != null) {
                out.write((reply + "\r\n").getBytes());
            }
            String line = in.readLine();
            if (line == null) {
                return;
            }
            if (line.equalsIgnoreCase("QUIT")) {
                out.write("221 Goodbye\r\n".getBytes());
                return;
            }
            reply = state == State.DATA ? text(line) : command(line);
        }
    }

    String text(String line) {
        if (!line.equals(".")) {
            System.out.println(line);
            return null;
        }
        state = State.HELLO;
        return "250 Message received";
    }

    String command(String line) {
        String upper = line.toUpperCase();
        if (upper.startsWith("HELO") || upper.startsWith("EHLO")) {
            state = State.HELLO;
            return "250 Hello";
        } else if (upper.startsWith("MAIL")) {
            return go(state == State.HELLO, State.MAIL, "250 OK");
        } else if (upper.startsWith("RCPT")) {
            return go(state == State.MAIL || state == State.RCPT, State.RCPT, "250 OK");
        } else if (upper.startsWith("DATA")) {
            return go(state == State.RCPT, State.DATA, "354 Start");
        }
        return "500 Error";
    }

    String go(boolean allowed, State next, String reply) {
        if (!allowed) {
            return "503 Wrong order";
        }
        state = next;
        return reply;
    }
}
