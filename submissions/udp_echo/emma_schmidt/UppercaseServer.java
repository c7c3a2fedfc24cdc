import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Uebung 2: gibt jedes Datagramm in Grossbuchstaben zurueck. (Emma Schmidt) */
public class UppercaseServer
{
    private static final int PORT = 12000;

    public static void main( String[] args ) throws IOException
    {
        DatagramSocket socket = new DatagramSocket( PORT );
        System.out.println( "Server laeuft auf Port " + PORT );
        byte[] puffer = new byte[8192];
        for ( ;; )
        {
            DatagramPacket paket = new DatagramPacket( puffer, puffer.length );
            socket.receive( paket );
            String satz = new String( puffer, 0, paket.getLength(), StandardCharsets.UTF_8 );
            byte[] antwort = satz.toUpperCase( Locale.ROOT ).getBytes( StandardCharsets.UTF_8 );
            paket.setData( antwort );
            socket.send( paket );
        }
    }
}
