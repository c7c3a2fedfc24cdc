import java.io.*;
import java.net.Socket;
import java.util.Scanner;

// Noor Jansen: the server runs on our group's machine in the lab.
public class ChatClient {
    static final String SERVER_NAME = "netlab-07.cs.uni.example";

    public static void main(String[] args) throws IOException {
        Scanner keyboard = new Scanner(System.in);
        Socket socket = new Socket(SERVER_NAME, 1060);
        byte[] buffer = new byte[4096];
        String message = "";
        while (!message.equals("Exit")) {
            System.out.print("Enter message to send or type Exit to disconnect: ");
            if (!keyboard.hasNextLine()) {
                break;
            }
            message = keyboard.nextLine();
            socket.getOutputStream().write(message.getBytes("UTF-8"));
            int n = socket.getInputStream().read(buffer);
            if (n < 0) {
                break;
            }
            System.out.println("Received Message from Server: " + new String(buffer, 0, n, "UTF-8"));
        }
        socket.close();
        System.out.println("Now you are disconnected from the server");
    }
}
