package jp.mei.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/** Serves the current directory, one request at a time. */
public class WebServer {

    private static final int PORT = 6789;

    public static void main(String[] args) throws IOException {
        Site site = new Site(Path.of("."));
        ServerSocket listener = new ServerSocket(PORT);
        System.out.println("http://localhost:" + PORT + "/");
        while (true) {
            try (Socket socket = listener.accept()) {
                Request request = Request.read(new BufferedInputStream(socket.getInputStream()));
                System.out.println(request);
                site.answer(request).write(socket.getOutputStream());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
