import java.io.*;
import java.net.*;
import java.util.Scanner;

/*
 * CSC 322 Assignment 2
 * Oluwaseun Adeyemi
 */
public class Client {
    public static void main(String[] args) throws IOException {
        Scanner input = new Scanner(System.in);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), 12000);
        System.out.print("Input lowercase sentence: ");
        String sentence = input.nextLine();
        socket.getOutputStream().write(sentence.getBytes());

        byte[] buf = new byte[2048];
        int n = socket.getInputStream().read(buf);
        System.out.println("Server replied: " + new String(buf, 0, n));
        socket.close();
    }
}
