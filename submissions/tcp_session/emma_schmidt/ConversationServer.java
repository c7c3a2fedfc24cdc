import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

/** One thread per client, although the task would not even ask for it. */
public class ConversationServer {
    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket(50000);
        System.out.println("Server running on port 50000");
        while (true) {
            Socket client = listener.accept();
            new Thread(new Conversation(client)).start();
        }
    }
}

class Conversation implements Runnable {
    private final Socket socket;

    Conversation(Socket socket) {
        this.socket = socket;
    }

    @Override
    public void run() {
        System.out.println("+ " + socket.getRemoteSocketAddress());
        byte[] buffer = new byte[4096];
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            int n;
            while ((n = in.read(buffer)) != -1) {
                String text = new String(buffer, 0, n, StandardCharsets.UTF_8);
                if (text.equals("quit")) {
                    break;
                }
                out.write(text.toUpperCase().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        System.out.println("- " + socket.getRemoteSocketAddress());
    }
}
