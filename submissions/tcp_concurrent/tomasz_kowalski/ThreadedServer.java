import java.io.*;
import java.net.*;

public class ThreadedServer {
    public static void main(String[] args) throws Exception {
        ServerSocket serverSocket = new ServerSocket(50000);
        System.out.println("Server is listening");
        while (true) {
            Socket socket = serverSocket.accept();
            new ServerThread(socket).start();
        }
    }
}

class ServerThread extends Thread {
    private Socket socket;

    public ServerThread(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream()));
            PrintWriter writer = new PrintWriter(socket.getOutputStream(), true);
            String text;
            do {
                text = reader.readLine();
                writer.println(text.toUpperCase());
            } while (!text.equals("quit"));
            socket.close();
        } catch (IOException ex) {
            System.out.println("Server exception: " + ex.getMessage());
        }
    }
}
