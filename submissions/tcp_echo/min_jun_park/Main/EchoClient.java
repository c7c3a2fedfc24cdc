import java.io.IOException;
import java.net.Socket;
import java.util.Scanner;

/**
 * Network programming, lab 3 (Park Min-jun, 2021-14032)
 */
public class EchoClient {
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 12000;
        Scanner scanner = new Scanner(System.in);
        try (Socket socket = new Socket("localhost", port)) {
            System.out.print("Input lowercase sentence: ");
            byte[] message = scanner.nextLine().getBytes();
            socket.getOutputStream().write(message);

            byte[] reply = new byte[4096];
            socket.getInputStream().read(reply);
            System.out.println("From Server: " + reply);
        }
    }
}
