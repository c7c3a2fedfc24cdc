import java.io.*;
import java.net.*;

class UDPClient {
  public static void main(String args[]) throws Exception
    {
      BufferedReader inFromUser = new BufferedReader(new InputStreamReader(System.in));
      DatagramSocket clientSocket = new DatagramSocket();
      InetAddress IPAddress = InetAddress.getByName("localhost");

      System.out.print("Enter your name: ");
      String name = inFromUser.readLine();

      while (true)
        {
          System.out.print(name + "> ");
          String sentence = inFromUser.readLine().trim();
          byte[] sendData = sentence.getBytes();
          DatagramPacket sendPacket = new DatagramPacket(sendData, sendData.length, IPAddress, 50000);
          clientSocket.send(sendPacket);
          if (sentence.equals("quit"))
            break;

          byte[] receiveData = new byte[1024];
          DatagramPacket receivePacket = new DatagramPacket(receiveData, receiveData.length);
          clientSocket.receive(receivePacket);
          String modifiedSentence = new String(receivePacket.getData());
          System.out.println("FROM SERVER:" + modifiedSentence.trim());
        }
      clientSocket.close();
    }
}
