import java.io.*;
import java.net.*;

class GreetServer {
  public static void main(String args[]) throws Exception
    {
      ServerSocket welcomeSocket = new ServerSocket(12345);
      System.out.println("Server host is " + InetAddress.getLocalHost());

      while(true)
        {
          Socket connectionSocket = welcomeSocket.accept();
          System.out.println("Got connection from " + connectionSocket.getInetAddress());
          DataOutputStream outToClient = new DataOutputStream(connectionSocket.getOutputStream());
          outToClient.writeUTF("Thank you for connecting");
          connectionSocket.close();
        }
    }
}
