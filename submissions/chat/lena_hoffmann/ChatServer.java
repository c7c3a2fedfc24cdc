import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

public class ChatServer {

    public static void main(String[] args) throws IOException {
        ServerSocket serverSocket = new ServerSocket(1060);
        while (true) {
            System.out.println("Listening at " + serverSocket.getLocalSocketAddress());
            Socket socket = serverSocket.accept();
            System.out.println("The server now is connected to: " + socket.getRemoteSocketAddress());
            System.out.println("Socket connects between " + socket.getLocalSocketAddress()
                    + " and " + socket.getRemoteSocketAddress());
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[1024];
            int count;
            while ((count = in.read(buffer)) > 0) {
                String message = new String(buffer, 0, count);
                System.out.println("Received Message from Client: " + message)
                if (message.equals("Exit")) {
                    out.write("Disconnect".getBytes());
                    break;
                }
                out.write(("Your data was " + count + " bytes").getBytes());
            }
            socket.close();
            System.out.println("Reply sent, Server socket closed");
        }
    }
}
