import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;

public class TCPClient {

    public static void main(String[] args) throws IOException {
        BufferedReader inFromUser = new BufferedReader(new InputStreamReader(System.in));
        Socket clientSocket = new Socket("localhost", 1060);
        PrintWriter outToServer = new PrintWriter(clientSocket.getOutputStream(), true);
        BufferedReader inFromServer = new BufferedReader(
                new InputStreamReader(clientSocket.getInputStream()));

        String sentence;
        do {
            System.out.print("Enter message to send or type Exit to disconnect: ");
            sentence = inFromUser.readLine();
            outToServer.println(sentence);
            System.out.println("Received Message from Server: " + inFromServer.readLine());
        } while (!sentence.equals("Exit"));

        System.out.println("Now you are disconnected from the server");
        clientSocket.close();
    }
}
