import java.io.*;
import java.net.*;

/**
 * Chat server of the TCP task.
 * @author Ana Pop
 */
public class ChatServer {

    private static final int PORT = 1060;
    private final ServerSocket listener;

    public ChatServer() throws IOException {
        listener = new ServerSocket(PORT);
    }

    public void run() throws IOException {
        while (true) {
            System.out.println("Listening at " + listener.getLocalSocketAddress());
            Socket client = listener.accept();
            System.out.println("The server now is connected to: " + client.getRemoteSocketAddress());
            System.out.println("Socket connects between " + client.getLocalSocketAddress()
                + " and " + client.getRemoteSocketAddress());
            try {
                chat(client);
            } catch (SocketException e) {
                System.err.println("client aborted: " + e.getMessage());
            }
            client.close();
            System.out.println("Reply sent, Server socket closed");
        }
    }

    private void chat(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] data = new byte[1024];
        boolean connected = true;
        while (connected) {
            int length = in.read(data);
            if (length > 0) {
                String message = new String(data, 0, length);
                System.out.println("Received Message from Client: " + message);
                if (message.equals("Exit")) {
                    out.write("Disconnect".getBytes());
                    connected = false;
                } else {
                    out.write(("Your data was " + length + " bytes").getBytes());
                }
            }
        }
    }

    public static void main(String[] args) throws IOException {
        new ChatServer().run();
    }
}
