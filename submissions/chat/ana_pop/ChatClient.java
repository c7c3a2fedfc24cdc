import java.io.*;
import java.net.*;
import java.util.Scanner;

/**
 * Chat client of the TCP task.
 * @author Ana Pop
 */
public class ChatClient {

    public static void main(String[] args) throws IOException {
        Scanner scanner = new Scanner(System.in);
        Socket socket = new Socket("127.0.0.1", 1060);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        byte[] data = new byte[1024];

        while (true) {
            System.out.print("Enter message to send or type Exit to disconnect: ");
            String message = scanner.nextLine();
            out.write(message.getBytes());
            int length = in.read(data);
            System.out.println("Received Message from Server: " + new String(data, 0, length));
            if (message.equalsIgnoreCase("exit")) {
                break;
            }
        }
        System.out.println("Now you are disconnected from the server");
        socket.close();
        scanner.close();
    }
}
