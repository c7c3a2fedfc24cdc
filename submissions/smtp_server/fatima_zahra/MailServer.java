import java.io.*;
import java.net.*;
import java.util.Scanner;

public class MailServer {
    public static void main(String[] args) throws Exception {
        Scanner keyboard = new Scanner(System.in);
        System.out.print("Port: ");
        int port = keyboard.nextInt();
        System.out.print("Folder for the mail: ");
        String folder = keyboard.next();
        ServerSocket server = new ServerSocket(port);
        while (true) {
            Socket s = server.accept();
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
            PrintStream out = new PrintStream(s.getOutputStream());
            out.print("220 hello\r\n");
            String line = in.readLine();
            while (line != null && !line.startsWith("QUIT")) {
                if (line.startsWith("DATA")) {
                    out.print("354 go\r\n");
                    FileWriter file = new FileWriter(folder + "/mail.txt", true);
                    while (!(line = in.readLine()).equals(".")) {
                        file.write(line + "\n");
                    }
                    file.close();
                }
                out.print("250 ok\r\n");
                line = in.readLine();
            }
            out.print("221 bye\r\n");
            s.close();
        }
    }
}
