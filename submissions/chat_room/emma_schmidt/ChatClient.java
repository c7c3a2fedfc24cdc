import java.io.*;
import java.net.Socket;
import java.util.Scanner;

public class ChatClient {
    public static void main(String[] args) throws IOException {
        Socket socket = new Socket("localhost", 9000);
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true);
        Scanner keyboard = new Scanner(System.in);
        System.out.print("Nickname: ");
        out.println(keyboard.nextLine());

        Thread printer = new Thread(() -> {
            try (Scanner in = new Scanner(socket.getInputStream())) {
                while (in.hasNextLine()) {
                    System.out.println("\r" + in.nextLine());
                    System.out.print("> ");
                    System.out.flush();
                }
            } catch (IOException e) {
                System.out.println("Lost the connection.");
            }
        });
        printer.setDaemon(true);
        printer.start();

        String line = "";
        while (!line.equals("/quit") && keyboard.hasNextLine()) {
            line = keyboard.nextLine();
            out.println(line);
        }
        socket.close();
    }
}
