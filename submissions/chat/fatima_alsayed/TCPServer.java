import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.Socket;

public class TCPServer {

    public static void main(String[] args) throws IOException {
        ServerSocket welcomeSocket = new ServerSocket(1060);

        while (true) {
            System.out.println("Listening at " + welcomeSocket.getLocalSocketAddress());
            Socket connectionSocket = welcomeSocket.accept();
            System.out.println("The server now is connected to: "
                    + connectionSocket.getRemoteSocketAddress());
            System.out.println("Socket connects between "
                    + connectionSocket.getLocalSocketAddress() + " and "
                    + connectionSocket.getRemoteSocketAddress());

            try {
                BufferedReader inFromClient = new BufferedReader(
                        new InputStreamReader(connectionSocket.getInputStream()));
                PrintWriter outToClient =
                        new PrintWriter(connectionSocket.getOutputStream(), true);

                String clientSentence;
                while ((clientSentence = inFromClient.readLine()) != null) {
                    System.out.println("Received Message from Client: " + clientSentence);
                    if (clientSentence.equals("Exit")) {
                        outToClient.println("Disconnect");
                        break;
                    }
                    outToClient.println("Your data was " + clientSentence.length() + " bytes");
                }
            } catch (IOException e) {
                System.out.println("Client error: " + e);
            }
            connectionSocket.close();
            System.out.println("Reply sent, Server socket closed");
        }
    }
}
