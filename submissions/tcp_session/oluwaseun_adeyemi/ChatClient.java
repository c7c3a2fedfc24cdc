import java.io.*;
import java.net.Socket;
import java.util.Scanner;

/** The server part was done by my partner and is in his hand-in. */
public class ChatClient {
    private final Socket socket;
    private final String name;

    ChatClient(String name) throws IOException {
        this.name = name;
        this.socket = new Socket("localhost", 50000);
    }

    void loop(Scanner in) throws IOException {
        byte[] buffer = new byte[2048];
        String line;
        do {
            System.out.print(name + "> ");
            System.out.flush();
            line = in.nextLine().strip();
            socket.getOutputStream().write(line.getBytes());
            if (!line.equals("quit")) {
                int length = socket.getInputStream().read(buffer);
                System.out.println(new String(buffer, 0, length));
            }
        } while (!line.equals("quit"));
        socket.close();
    }

    public static void main(String[] args) throws IOException {
        Scanner in = new Scanner(System.in);
        System.out.print("Enter your name: ");
        new ChatClient(in.nextLine()).loop(in);
    }
}
