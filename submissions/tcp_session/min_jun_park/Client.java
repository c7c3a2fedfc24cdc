import java.io.*;
import java.net.Socket;

public class Client {
    public static void main(String[] args) throws IOException {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
        Socket s = new Socket("127.0.0.1", 50000);
        System.out.print("Enter your name: ");
        String name = keyboard.readLine();
        String prompt = name + "> ";
        byte[] reply = new byte[1024];
        while (true) {
            System.out.print(prompt);
            String line = keyboard.readLine();
            if (line == null || line.equals("quit")) {
                s.getOutputStream().write("quit".getBytes());
                break;
            }
            s.getOutputStream().write((prompt + line).getBytes());
            int n = s.getInputStream().read(reply);
            System.out.println(new String(reply, 0, n));
        }
        s.close();
    }
}
