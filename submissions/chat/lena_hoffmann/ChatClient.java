import java.io.IOException;
import java.net.Socket;
import java.util.Scanner;

public class ChatClient {

    public static void main(String[] args) throws IOException {
        Socket socket = new Socket("127.0.0.1", 1060);
        Scanner scanner = new Scanner(System.in);
        byte[] buffer = new byte[1024];
        String message = "";
        while (!message.equals("Exit")) {
            System.out.print("Enter message to send or type Exit to disconnect: ");
            message = scanner.nextLine();
            socket.getOutputStream().write(message.getBytes());
            int count = socket.getInputStream().read(buffer);
            System.out.println("Received Message from Server: " + new String(buffer, 0, count));
        }
        socket.close();
        System.out.println("Now you are disconnected from the server");
    }
}
