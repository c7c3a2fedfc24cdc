import java.io.*;
import java.net.*;
import java.nio.file.*;

/** Serwer WWW - Julia Nowak, grupa 4 */
public class WebServer {

    public static void main(String[] args) throws IOException {
        ServerSocket serwer = new ServerSocket(6789);
        Path katalog = Paths.get("").toAbsolutePath();
        while (true) {
            Socket klient = serwer.accept();
            try {
                BufferedReader in = new BufferedReader(new InputStreamReader(klient.getInputStream()));
                OutputStream out = klient.getOutputStream();
                String pierwsza = in.readLine();
                String linia = pierwsza;
                while (linia != null && linia.length() > 0)
                    linia = in.readLine();
                if (linia != null) {
                    String[] s = pierwsza.split(" ");
                    if (s.length < 2 || !s[1].startsWith("/")) {
                        wyslij(out, "400 Bad Request", "text/html", "<h1>400 Bad Request</h1>".getBytes());
                    } else {
                        Path plik = katalog.resolve(s[1].substring(1)).normalize();
                        if (plik.startsWith(katalog) && Files.isRegularFile(plik)) {
                            String typ = Files.probeContentType(plik);
                            if (s[1].endsWith(".html")) typ = "text/html";
                            if (s[1].endsWith(".png")) typ = "image/png";
                            wyslij(out, "200 OK", typ, Files.readAllBytes(plik));
                        } else {
                            wyslij(out, "404 Not Found", "text/html", "<h1>404 Not Found</h1>".getBytes());
                        }
                    }
                }
            } catch (IOException e) {
                System.out.println("blad: " + e);
            }
            klient.close();
        }
    }

    private static void wyslij(OutputStream out, String status, String typ, byte[] dane) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n").getBytes());
        out.write(("Content-Type: " + typ + "\r\n").getBytes());
        out.write(("Content-Length: " + dane.length + "\r\n").getBytes());
        out.write("Connection: close\r\n\r\n".getBytes());
        out.write(dane);
    }
}
