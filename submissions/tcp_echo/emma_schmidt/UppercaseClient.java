import java.io.*;
import java.net.*;
import java.util.Scanner;

/** Uebung 3: schickt einen Satz an den Server und zeigt die Antwort. (Emma Schmidt) */
public class UppercaseClient
{
    private static final int PORT = 12000;

    public static void main( String[] args ) throws IOException
    {
        Socket socket = new Socket( "localhost", PORT );
        PrintWriter out = new PrintWriter( socket.getOutputStream() );
        BufferedReader in = new BufferedReader( new InputStreamReader( socket.getInputStream() ) );

        System.out.print( "Input lowercase sentence: " );
        Scanner tastatur = new Scanner( System.in );
        out.print( tastatur.nextLine() );

        System.out.println( "Antwort: " + in.readLine() );
        out.close();
        socket.close();
    }
}
