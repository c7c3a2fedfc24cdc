import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;

public class MyWebServer {

    public static void main(String[] args) throws Exception {
        ServerSocket welcome = new ServerSocket(6789);
        while (true) {
            Socket s = welcome.accept();
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
            PrintStream out = new PrintStream(s.getOutputStream());
            String request = in.readLine();
            System.out.println("Request: " + request);
            String header = in.readLine();
            while (header != null && !header.equals("")) {
                header = in.readLine();
            }
            if (request != null && request.split(" ").length > 1) {
                File file = new File("." + request.split(" ")[1]);
                if (file.isFile()) {
                    out.print("HTTP/1.1 200 OK\r\n");
                    out.print("Content-Type: text/html\r\n");
                    out.write(Files.readAllBytes(file.toPath()));
                } else {
                    out.print("HTTP/1.1 404 Not Found\r\n");
                    out.print("<h1>404 Not Found</h1>\r\n");
                }
            }
            out.flush();
            s.close();
        }
    }
}
