import java.io.*;
import java.net.*;

public class ChatClient {
    public static void main(String[] args) throws Exception {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
        Socket socket = new Socket("localhost", 9000);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true);
        System.out.print("Your name: ");
        out.println(keyboard.readLine());
        System.out.println(in.readLine());
        while (true) {
            String line = keyboard.readLine();
            out.println(line);
            if (line.equals("/quit")) break;
            System.out.println(in.readLine());
        }
        socket.close();
    }
}
