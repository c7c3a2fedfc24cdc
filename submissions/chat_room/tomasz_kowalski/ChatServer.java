import java.io.*;
import java.net.*;
import java.util.concurrent.*;

public class ChatServer {
    static ConcurrentHashMap<String, PrintWriter> writers = new ConcurrentHashMap<>();

    public static void main(String[] args) throws Exception {
        System.out.println("The chat server is running...");
        ServerSocket listener = new ServerSocket(9000);
        while (true) {
            Socket socket = listener.accept();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            PrintWriter out = new PrintWriter(socket.getOutputStream(), true);
            String name = in.readLine();
            if (name == null) {
                socket.close();
                continue;
            }
            tellAll(name + " joined", null);
            writers.put(name, out);
            out.println("Welcome, " + name);
            new Thread(() -> serve(socket, in, name)).start();
        }
    }

    static void serve(Socket socket, BufferedReader in, String name) {
        try {
            String line = in.readLine();
            while (line != null && !line.equals("/quit")) {
                tellAll(name + ": " + line, name);
                line = in.readLine();
            }
        } catch (IOException e) {
            System.out.println(e);
        }
        writers.remove(name);
        tellAll(name + " left", null);
        try {
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    static void tellAll(String line, String but) {
        writers.forEach((name, out) -> {
            if (!name.equals(but)) out.println(line);
        });
    }
}
