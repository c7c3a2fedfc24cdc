import java.io.*;
import java.net.*;

class UDPClient {
  public static void main(String args[]) throws Exception
    {
      if (args.length != 2 || !args[0].matches("[0-9]+")) {
        System.out.println("usage: java UDPClient port message");
        System.exit(1);
      }
      DatagramSocket clientSocket = new DatagramSocket(Integer.parseInt(args[0]));
      InetAddress IPAddress = InetAddress.getByName("localhost");

      byte[] sendData = args[1].getBytes();
      byte[] receiveData = new byte[1024];

      DatagramPacket sendPacket = new DatagramPacket(sendData, sendData.length, IPAddress, 12000);
      clientSocket.send(sendPacket);

      DatagramPacket receivePacket = new DatagramPacket(receiveData, receiveData.length);
      clientSocket.receive(receivePacket);

      String modifiedSentence = new String(receivePacket.getData());
      System.out.println("FROM SERVER:" + modifiedSentence);
      clientSocket.close();
    }
}
