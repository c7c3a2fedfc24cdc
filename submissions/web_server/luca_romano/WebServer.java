import java.io.*;
import java.net.*;
import java.nio.file.*;

public class WebServer {

    // cartella con i file html
    static final String ROOT = "C:\\Users\\luca\\Desktop\\Reti\\www\\";
    static final int PORT = 6789;

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(PORT);
        System.out.println("Server started on port " + PORT);
        while (true) {
            try (Socket client = server.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
                OutputStream out = client.getOutputStream();
                String line = in.readLine();
                if (line == null)
                    continue;
                String h;
                while ((h = in.readLine()) != null && h.length() > 0)
                    System.out.println(h);

                String[] parts = line.split(" ");
                if (parts.length != 3) {
                    send(out, "400 Bad Request", "text/html", "<h1>400</h1>".getBytes());
                    continue;
                }
                if (!parts[0].equals("GET")) {
                    send(out, "405 Method Not Allowed", "text/html", "<h1>405</h1>".getBytes());
                    continue;
                }
                File f = new File(ROOT + parts[1].substring(1).replace('/', '\\'));
                if (f.exists())
                    send(out, "200 OK", type(f.getName()), Files.readAllBytes(f.toPath()));
                else
                    send(out, "404 Not Found", "text/html", "<h1>404 Not Found</h1>".getBytes());
            } catch (IOException e) {
                e.printStackTrace();
            }
        }
    }

    static String type(String name) {
        if (name.endsWith(".html")) return "text/html";
        if (name.endsWith(".png")) return "image/png";
        return "text/plain";
    }

    static void send(OutputStream out, String status, String type, byte[] body) throws IOException {
        String header = "HTTP/1.1 " + status + "\r\n"
            + "Content-Type: " + type + "\r\n"
            + "Content-Length: " + body.length + "\r\n"
            + "Connection: close\r\n\r\n";
        out.write(header.getBytes());
        out.write(body);
        out.flush();
    }
}
