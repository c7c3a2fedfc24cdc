import java.io.*;
import java.net.Socket;
import java.util.Scanner;

public class ConversationClient {
    public static void main(String[] args) throws IOException {
        Scanner keyboard = new Scanner(System.in);
        System.out.print("Enter your name: ");
        String name = keyboard.nextLine();
        try (Socket socket = new Socket("localhost", 50000)) {
            byte[] buffer = new byte[4096];
            while (true) {
                System.out.print(name + "> ");
                String line = keyboard.nextLine().trim();
                socket.getOutputStream().write(line.getBytes("UTF-8"));
                if (line.equals("quit")) {
                    return;
                }
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    System.out.println("Server closed the connection.");
                    return;
                }
                System.out.println("Server says: " + new String(buffer, 0, n, "UTF-8"));
            }
        }
    }
}
