import java.io.*;
import java.net.*;
import java.util.*;

public class Server {
    static final Map<String, PrintStream> room = Collections.synchronizedMap(new HashMap<>());

    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(9000);
        while (true) {
            Socket s = ss.accept();
            new Thread(() -> {
                try {
                    chat(s);
                } catch (IOException e) {
                    System.err.println("lost a client: " + e);
                }
            }).start();
        }
    }

    static void chat(Socket s) throws IOException {
        Scanner in = new Scanner(new InputStreamReader(s.getInputStream(), "UTF-8"));
        PrintStream out = new PrintStream(s.getOutputStream(), true, "UTF-8");
        if (!in.hasNextLine()) {
            s.close();
            return;
        }
        String name = in.nextLine();
        send(name + " joined", name);
        room.put(name, out);
        out.println("Welcome, " + name);
        while (in.hasNextLine()) {
            String line = in.nextLine();
            if (line.startsWith("/")) break;
            send(name + ": " + line, name);
        }
        if (in.ioException() != null) throw in.ioException();
        room.remove(name);
        s.close();
        send(name + " left", name);
    }

    static void send(String line, String from) {
        synchronized (room) {
            room.forEach((name, out) -> {
                if (!name.equals(from)) out.println(line);
            });
        }
    }
}
