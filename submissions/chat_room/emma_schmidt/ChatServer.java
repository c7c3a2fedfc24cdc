import java.io.*;
import java.net.*;
import java.util.*;

public class ChatServer {
    private final Set<Member> members = new HashSet<>();

    public static void main(String[] args) throws IOException {
        new ChatServer().run(9000);
    }

    private void run(int port) throws IOException {
        try (ServerSocket listener = new ServerSocket(port)) {
            System.out.println("Chat room open on port " + port);
            while (true) {
                Socket socket = listener.accept();
                Thread.startVirtualThread(() -> new Member(socket).talk());
            }
        }
    }

    private synchronized void enter(Member newcomer) {
        broadcast(newcomer, newcomer.name + " joined");
        members.add(newcomer);
        newcomer.tell("Welcome, " + newcomer.name);
    }

    private synchronized void say(Member speaker, String text) {
        broadcast(speaker, speaker.name + ": " + text);
    }

    private synchronized void exit(Member member) {
        if (members.remove(member)) {
            broadcast(member, member.name + " left");
        }
    }

    private void broadcast(Member from, String line) {
        for (Member member : members) {
            if (member != from) {
                member.tell(line);
            }
        }
    }

    private class Member {
        private final Socket socket;
        private String name;
        private PrintWriter out;

        Member(Socket socket) {
            this.socket = socket;
        }

        void tell(String line) {
            out.print(line + "\r\n");
            out.flush();
        }

        void talk() {
            try (socket) {
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), "UTF-8"));
                out = new PrintWriter(new OutputStreamWriter(socket.getOutputStream(), "UTF-8"));
                name = in.readLine();
                if (name == null) {
                    return;
                }
                enter(this);
                String line;
                while ((line = in.readLine()) != null && !line.equals("/quit")) {
                    say(this, line);
                }
            } catch (IOException e) {
                System.out.println(name + ": " + e.getMessage());
            } finally {
                exit(this);
            }
        }
    }
}
