import java.io.*;
import java.net.Socket;

public class Client {
    public static void main(String[] args) throws IOException {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
        System.out.print("Enter your name: ");
        String name = keyboard.readLine();
        Socket s = new Socket("127.0.0.1", 9000);
        PrintStream out = new PrintStream(s.getOutputStream(), true);
        out.println(name);
        Thread reader = new Thread(() -> {
            try {
                BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println(line);
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
            System.exit(0);
        });
        reader.start();
        String line;
        do {
            line = keyboard.readLine();
            out.println(name + ": " + line);
        } while (!line.equals("/quit"));
    }
}
