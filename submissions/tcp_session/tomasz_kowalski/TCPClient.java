import java.io.*;
import java.net.*;

class TCPClient {
    public static void main(String argv[]) throws Exception {
        BufferedReader inFromUser = new BufferedReader(new InputStreamReader(System.in));
        Socket clientSocket = new Socket("localhost", 50000);
        DataOutputStream outToServer = new DataOutputStream(clientSocket.getOutputStream());
        BufferedReader inFromServer =
            new BufferedReader(new InputStreamReader(clientSocket.getInputStream()));
        System.out.print("Enter your name: ");
        String name = inFromUser.readLine();
        while (true) {
            System.out.print(name + "> ");
            String sentence = inFromUser.readLine();
            outToServer.writeBytes(sentence + '\n');
            if (sentence.equals("quit")) break;
            System.out.println("FROM SERVER: " + inFromServer.readLine());
        }
        clientSocket.close();
    }
}
