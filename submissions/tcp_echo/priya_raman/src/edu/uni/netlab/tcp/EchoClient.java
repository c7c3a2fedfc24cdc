package edu.uni.netlab.tcp;

import edu.uni.netlab.util.Settings;

import java.io.IOException;
import java.net.Socket;
import java.util.Scanner;

/**
 * Client of exercise 3: sends each line over a connection of its own until
 * the user types "quit".
 *
 * @author Priya Raman
 */
public class EchoClient {

    private static String ask(String text) throws IOException {
        try (Socket server = new Socket("localhost", Settings.PORT)) {
            server.getOutputStream().write(text.getBytes(Settings.CHARSET));
            return new String(server.getInputStream().readAllBytes(), Settings.CHARSET);
        }
    }

    public static void main(String[] args) throws IOException {
        Scanner keyboard = new Scanner(System.in);
        while (true) {
            System.out.print("Message (quit to end): ");
            String line = keyboard.nextLine();
            if (line.equals("quit")) {
                break;
            }
            System.out.println("Server says: " + ask(line));
        }
        keyboard.close();
    }
}
