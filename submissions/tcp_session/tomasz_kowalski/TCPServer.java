import java.io.*;
import java.net.*;

class TCPServer {
    public static void main(String argv[]) throws Exception {
        ServerSocket welcomeSocket = new ServerSocket(50000);
        while (true) {
            Socket connectionSocket = welcomeSocket.accept();
            BufferedReader inFromClient =
                new BufferedReader(new InputStreamReader(connectionSocket.getInputStream()));
            DataOutputStream outToClient =
                new DataOutputStream(connectionSocket.getOutputStream());
            String clientSentence = inFromClient.readLine();
            while (clientSentence != null && !clientSentence.equals("quit")) {
                outToClient.writeBytes(clientSentence.toUpperCase() + '\n');
                clientSentence = inFromClient.readLine();
            }
            connectionSocket.close();
        }
    }
}
