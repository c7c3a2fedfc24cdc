import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

public class ChatServer {

    public static void main(String[] args) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("0.0.0.0", 1060));
        for (;;) {
            System.out.println("Listening at " + server.getLocalAddress());
            try (SocketChannel channel = server.accept()) {
                System.out.println("The server now is connected to: " + channel.getRemoteAddress());
                System.out.println("Socket connects between " + channel.getLocalAddress()
                        + " and " + channel.getRemoteAddress());
                converse(channel);
            } catch (IOException e) {
                System.out.println("Lost the client: " + e.getMessage());
            }
            System.out.println("Reply sent, Server socket closed");
        }
    }

    private static void converse(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (channel.read(buffer) > 0) {
            buffer.flip();
            int length = buffer.remaining();
            String message = StandardCharsets.UTF_8.decode(buffer).toString();
            buffer.clear();
            System.out.println("Received Message from Client: " + message);
            boolean exit = message.equals("Exit");
            String reply = exit ? "Disconnect" : "Your data was " + length + " bytes";
            channel.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)));
            if (exit) {
                return;
            }
        }
    }
}
