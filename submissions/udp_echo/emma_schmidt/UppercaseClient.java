import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

/** Uebung 2: schickt einen Satz an den Server und zeigt die Antwort. (Emma Schmidt) */
public class UppercaseClient
{
    private static final int PORT = 12000;
    private static final String SATZ = "das ist ein test";

    public static void main( String[] args ) throws IOException
    {
        InetSocketAddress server = new InetSocketAddress( "localhost", PORT );
        DatagramSocket socket = new DatagramSocket();
        byte[] daten = SATZ.getBytes( StandardCharsets.UTF_8 );
        System.out.println( "Sende: " + SATZ );
        socket.send( new DatagramPacket( daten, daten.length, server ) );

        DatagramPacket antwort = new DatagramPacket( new byte[8192], 8192 );
        socket.receive( antwort );
        System.out.println( "Antwort: "
            + new String( antwort.getData(), 0, antwort.getLength(), StandardCharsets.UTF_8 ) );
        socket.close();
    }
}
