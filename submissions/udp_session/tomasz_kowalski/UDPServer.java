import java.io.*;
import java.net.*;

class UDPServer {
  public static void main(String args[]) throws Exception
    {
      DatagramSocket serverSocket = new DatagramSocket(50000);
      byte[] receiveData = new byte[1024];
      byte[] sendData = new byte[1024];

      System.out.println("UDP server started ...");

      while(true)
        {
          DatagramPacket receivePacket = new DatagramPacket(receiveData, receiveData.length);
          serverSocket.receive(receivePacket);

          String sentence = new String(receivePacket.getData());
          InetAddress IPAddress = receivePacket.getAddress();
          int port = receivePacket.getPort();

          System.out.println("Client> " + sentence);
          if (sentence.equals("quit")) {
            System.out.println("Terminate server ...");
            break;
          }

          String capitalizedSentence = sentence.toUpperCase();
          sendData = capitalizedSentence.getBytes();

          DatagramPacket sendPacket = new DatagramPacket(sendData, sendData.length, IPAddress, port);
          serverSocket.send(sendPacket);
        }
    }
}
