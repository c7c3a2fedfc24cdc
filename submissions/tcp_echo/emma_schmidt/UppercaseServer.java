import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Uebung 3: gibt den Satz eines Clients in Grossbuchstaben zurueck. (Emma Schmidt) */
public class UppercaseServer
{
    private static final int PORT = 12000;

    public static void main( String[] args ) throws IOException
    {
        ServerSocket server = new ServerSocket( PORT );
        System.out.println( "Server laeuft auf Port " + PORT );
        for ( ;; )
        {
            Socket client = server.accept();
            try
            {
                bediene( client );
            }
            catch ( IOException e )
            {
                System.err.println( "Client weg: " + e.getMessage() );
            }
            finally
            {
                client.close();
            }
        }
    }

    private static void bediene( Socket client ) throws IOException
    {
        byte[] puffer = new byte[8192];
        int laenge = client.getInputStream().read( puffer );
        if ( laenge < 0 )
            return;
        String satz = new String( puffer, 0, laenge, StandardCharsets.UTF_8 );
        OutputStream out = client.getOutputStream();
        out.write( satz.toUpperCase( Locale.ROOT ).getBytes( StandardCharsets.UTF_8 ) );
    }
}
