import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

public class MailServer {
    private static final List<String> inbox = new ArrayList<>();

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(2525);
        while (true) {
            try (Socket socket = server.accept()) {
                serve(socket);
            } catch (IOException e) {
                System.out.println(e);
            }
        }
    }

    private static void serve(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        PrintStream out = new PrintStream(socket.getOutputStream(), true);
        boolean hello = false;
        String from = null;
        String to = null;
        out.print("220 park\r\n");
        while (true) {
            String line = in.readLine();
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase();
            if (verb.equals("QUIT")) {
                out.print("221 bye\r\n");
                return;
            } else if (verb.equals("HELO") || verb.equals("EHLO")) {
                hello = true;
                out.print("250 annyeong\r\n");
            } else if (verb.equals("MAIL")) {
                from = hello ? line : null;
                out.print(hello ? "250 ok\r\n" : "503 hello?\r\n");
            } else if (verb.equals("RCPT")) {
                to = from == null ? null : line;
                out.print(from != null ? "250 ok\r\n" : "503 from?\r\n");
            } else if (verb.equals("DATA") && to == null) {
                out.print("503 to?\r\n");
            } else if (verb.equals("DATA")) {
                out.print("354 go\r\n");
                StringBuilder mail = new StringBuilder();
                for (line = in.readLine(); !line.equals("."); line = in.readLine()) {
                    mail.append(line).append('\n');
                }
                inbox.add(mail.toString());
                from = to = null;
                out.print("250 ok\r\n");
            } else {
                out.print("500 what\r\n");
            }
        }
    }
}
