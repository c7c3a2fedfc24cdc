package edu.netlab.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Talks to one client until it says Exit or goes away. */
class ClientHandler {

    private final Socket socket;

    ClientHandler(Socket socket) {
        this.socket = socket;
    }

    void handle() throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buffer = new byte[Protocol.BUFFER_SIZE];
        int n;
        while ((n = in.read(buffer)) != -1) {
            String message = new String(buffer, 0, n, StandardCharsets.UTF_8);
            System.out.println("Received Message from Client: " + message);
            if (message.equals(Protocol.EXIT)) {
                out.write(Protocol.GOODBYE.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                return;
            }
            out.write(Protocol.confirmation(n));
            out.flush();
        }
    }
}
