import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.file.Files;

public class HttpServer {

    private final int port;

    public HttpServer(int port) {
        this.port = port;
    }

    public void start() throws IOException {
        ServerSocket serverSocket = new ServerSocket(port);
        System.out.println("Listening for connection on port " + port + " ...");
        while (true) {
            Socket clientSocket = serverSocket.accept();
            try {
                handle(clientSocket);
            } catch (IOException e) {
                System.out.println("Error: " + e);
            }
        }
    }

    private void handle(Socket clientSocket) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(clientSocket.getInputStream()));
        String line = reader.readLine();
        if (line == null) {
            return;
        }
        System.out.println(line);
        String[] words = line.split("\\s+");
        OutputStream output = clientSocket.getOutputStream();
        if (words.length < 3) {
            output.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            return;
        }
        File file = new File("." + words[1]);
        if (!words[0].equals("GET")) {
            output.write("HTTP/1.1 405 Method Not Allowed\r\n\r\n".getBytes());
        } else if (words[1].contains("..") || !file.isFile()) {
            output.write("HTTP/1.1 404 Not Found\r\n\r\n<h1>404</h1>".getBytes());
        } else {
            String type = URLConnection.guessContentTypeFromName(file.getName());
            output.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n").getBytes());
            output.write(Files.readAllBytes(file.toPath()));
        }
        output.flush();
    }

    public static void main(String[] args) throws IOException {
        new HttpServer(6789).start();
    }
}
