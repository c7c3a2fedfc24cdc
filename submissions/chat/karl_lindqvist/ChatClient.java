import java.io.IOException;
import java.net.Socket;
import java.util.Scanner;

public class ChatClient {

    public static void main(String[] args) throws IOException {
        Scanner keyboard = new Scanner(System.in);
        System.out.print("Enter message to send or type Exit to disconnect: ");
        String message = keyboard.nextLine();

        try (Socket socket = new Socket("localhost", 1060)) {
            socket.getOutputStream().write(message.getBytes("UTF-8"));
            byte[] reply = new byte[1024];
            int n = socket.getInputStream().read(reply);
            System.out.println("Received Message from Server: " + new String(reply, 0, n, "UTF-8"));
        }
        System.out.println("Now you are disconnected from the server");
    }
}
