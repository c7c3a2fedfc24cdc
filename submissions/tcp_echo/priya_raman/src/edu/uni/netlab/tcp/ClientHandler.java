package edu.uni.netlab.tcp;

import edu.uni.netlab.util.Settings;

import java.io.IOException;
import java.net.Socket;

/** Talks to one client: one message in, one message out. */
class ClientHandler implements Runnable {

    private final Socket client;

    ClientHandler(Socket client) {
        this.client = client;
    }

    @Override
    public void run() {
        try (client) {
            byte[] buffer = new byte[Settings.BUFFER_SIZE];
            int length = client.getInputStream().read(buffer);
            if (length > 0) {
                String text = new String(buffer, 0, length, Settings.CHARSET);
                client.getOutputStream().write(text.toUpperCase().getBytes(Settings.CHARSET));
            }
        } catch (IOException e) {
            System.out.println("Lost a client: " + e.getMessage());
        }
    }
}
