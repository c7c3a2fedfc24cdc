import java.io.*;
import java.net.*;

/*
 * CSC 322 Assignment 2
 * Oluwaseun Adeyemi
 *
 * The Listener waits for clients, the Conversation talks to one.
 */
class Listener {
    private ServerSocket socket;

    Listener(int port) throws IOException {
        socket = new ServerSocket(port);
    }

    Conversation next() throws IOException {
        return new Conversation(socket.accept());
    }
}

class Conversation {
    private Socket socket;

    Conversation(Socket socket) {
        this.socket = socket;
    }

    void run() throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buf = new byte[2048];
        while (socket.isConnected()) {
            int n = in.read(buf);
            if (n > 0) {
                String text = new String(buf, 0, n);
                System.out.println("Received: " + text);
                out.write(text.toUpperCase().getBytes());
                out.flush();
            }
        }
        socket.close();
    }
}

public class Server {
    public static void main(String[] args) throws IOException {
        Listener listener = new Listener(12000);
        System.out.println("Server is up");
        while (true) {
            listener.next().run();
        }
    }
}
