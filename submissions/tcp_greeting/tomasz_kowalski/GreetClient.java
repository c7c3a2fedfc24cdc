import java.io.*;
import java.net.*;

class GreetClient {
  public static void main(String args[]) throws Exception
    {
      Socket clientSocket = new Socket("localhost", 12345);
      DataInputStream inFromServer = new DataInputStream(clientSocket.getInputStream());
      System.out.println("FROM SERVER: " + inFromServer.readUTF());
      clientSocket.close();
    }
}
