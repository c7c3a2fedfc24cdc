package edu.netlab.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class ChatClient {

    public static void main(String[] args) throws IOException {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
        try (Socket socket = new Socket("localhost", Protocol.PORT)) {
            byte[] buffer = new byte[Protocol.BUFFER_SIZE];
            boolean running = true;
            while (running) {
                System.out.print("Enter message to send or type Exit to disconnect: ");
                System.out.flush();
                String line = keyboard.readLine();
                if (line == null) {
                    line = Protocol.EXIT;
                }
                if (line.isEmpty()) {
                    continue;
                }
                socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    System.out.println("Server is gone.");
                    return;
                }
                System.out.println("Received Message from Server: "
                        + new String(buffer, 0, n, StandardCharsets.UTF_8));
                running = !line.equals(Protocol.EXIT);
            }
        }
        System.out.println("Now you are disconnected from the server");
    }
}
