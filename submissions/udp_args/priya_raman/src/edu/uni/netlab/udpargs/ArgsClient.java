package edu.uni.netlab.udpargs;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * Client of exercise 3: sends its second argument from the port that is its first.
 *
 * @author Priya Raman
 */
public class ArgsClient {

    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            usage("two arguments are needed");
        }
        int port = 0;
        try {
            port = Integer.parseInt(args[0]);
        } catch (NumberFormatException e) {
            usage("not a port: " + args[0]);
        }
        byte[] data = args[1].getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket(port)) {
            InetAddress server = InetAddress.getByName("127.0.0.1");
            socket.send(new DatagramPacket(data, data.length, server, ArgsServer.PORT));
            DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
            socket.receive(reply);
            System.out.println("From server: "
                    + new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8));
        }
    }

    private static void usage(String why) {
        System.err.println(why);
        System.err.println("usage: java edu.uni.netlab.udpargs.ArgsClient PORT MESSAGE");
        System.exit(2);
    }
}
