import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.io.OutputStreamWriter;
import java.net.ServerSocket;
import java.net.Socket;

/** Emma Schmidt, SMTP homework. */
public class SmtpServer {

    static boolean hello;
    static boolean mail;
    static boolean rcpt;

    public static void main(String[] args) throws IOException {
        ServerSocket serverSocket = new ServerSocket(2525);
        System.out.println("Listening on 2525");
        while (true) {
            Socket socket = serverSocket.accept();
            hello = mail = rcpt = false;
            try {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
                Writer out = new OutputStreamWriter(socket.getOutputStream());
                write(out, "220 emma");
                String line;
                while ((line = in.readLine()) != null && !line.equalsIgnoreCase("quit")) {
                    write(out, reply(line, in, out));
                }
            } catch (IOException e) {
                e.printStackTrace();
            }
            socket.close();
        }
    }

    static String reply(String line, BufferedReader in, Writer out) throws IOException {
        String s = line.toLowerCase();
        if (s.startsWith("helo") || s.startsWith("ehlo")) {
            hello = true;
            return "250 Hello";
        }
        if (s.startsWith("mail from:")) {
            mail = hello;
            return mail ? "250 OK" : "503 Hello?";
        }
        if (s.startsWith("rcpt to:")) {
            rcpt = mail;
            return rcpt ? "250 OK" : "503 From whom?";
        }
        if (s.equals("data")) {
            if (!rcpt) {
                return "503 To whom?";
            }
            write(out, "354 Text, then a dot");
            String text;
            while ((text = in.readLine()) != null && !text.equals(".")) {
                System.out.println(text);
            }
            mail = rcpt = false;
            return "250 OK";
        }
        return "500 Unknown";
    }

    static void write(Writer out, String s) throws IOException {
        out.write(s + "\r\n");
        out.flush();
    }
}
