// Omar Haddad, lab 3: works with any server, so it asks where that is
import java.io.*;
import java.net.Socket;
import java.util.Scanner;

public class TCPClient {
    public static void main(String[] args) throws IOException {
        Scanner keyboard = new Scanner(System.in);
        System.out.print("Enter the server's IP address: ");
        String host = keyboard.nextLine().trim();
        System.out.print("Enter the port number: ");
        int port = Integer.parseInt(keyboard.nextLine().trim());

        try (Socket socket = new Socket(host, port)) {
            System.out.print("Input lowercase sentence: ");
            String sentence = keyboard.nextLine();
            socket.getOutputStream().write(sentence.getBytes("UTF-8"));
            byte[] buffer = new byte[4096];
            int n = socket.getInputStream().read(buffer);
            System.out.println("Modified Message: " + new String(buffer, 0, Math.max(n, 0), "UTF-8"));
        }
    }
}
