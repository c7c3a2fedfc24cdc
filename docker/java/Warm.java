import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Never run for its result: what it loads, and what compiling it loads, goes into the archive of
 * ready-made classes that every later start of the JVM maps into memory.
 */
public class Warm {
    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        Map<Integer, String> peers = new ConcurrentHashMap<>();
        try (ServerSocket server = new ServerSocket(0);
                Socket client = new Socket("127.0.0.1", server.getLocalPort());
                Socket peer = server.accept();
                DatagramSocket udp = new DatagramSocket(0)) {
            new PrintWriter(client.getOutputStream(), true).println("warm");
            BufferedReader in = new BufferedReader(new InputStreamReader(peer.getInputStream()));
            counts.merge(in.readLine().toUpperCase(), 1, Integer::sum);
            byte[] bytes = "warm".getBytes();
            udp.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"),
                    udp.getLocalPort()));
            udp.receive(new DatagramPacket(new byte[1024], 1024));
            Thread thread = new Thread(() -> peers.put(peer.getPort(), "warm"));
            thread.start();
            thread.join();
        }
        var pool = Executors.newFixedThreadPool(2);
        pool.submit(() -> List.of(1, 2).stream().mapToInt(Integer::intValue).sum()).get();
        pool.shutdown();
        new Scanner("1 two").nextInt();
        System.out.println(String.format("%d words, %s", counts.size(), peers));
    }
}
