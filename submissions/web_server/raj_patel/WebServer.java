import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.StringTokenizer;

/**
 * Web server: answers one request at a time.
 *
 * @author Raj Patel
 */
class WebServer {

    public static void main(String[] argv) throws Exception {
        ServerSocket listenSocket = new ServerSocket(6789);

        while (true) {
            Socket connectionSocket = listenSocket.accept();
            try {
                serve(connectionSocket);
            } catch (IOException e) {
                System.out.println("Connection failed: " + e.getMessage());
            }
            connectionSocket.close();
        }
    }

    static void serve(Socket connectionSocket) throws IOException {
        BufferedReader inFromClient = new BufferedReader(
                new InputStreamReader(connectionSocket.getInputStream()));
        DataOutputStream outToClient = new DataOutputStream(connectionSocket.getOutputStream());

        // the first line is the request, an empty one ends the header
        String requestMessageLine = inFromClient.readLine();
        System.out.println(requestMessageLine);
        String headerLine = requestMessageLine;
        while (!headerLine.isEmpty()) {
            headerLine = inFromClient.readLine();
        }

        StringTokenizer tokenizedLine = new StringTokenizer(requestMessageLine);
        if (tokenizedLine.countTokens() != 3) {
            sendError(outToClient, "400 Bad Request Message");
            return;
        }
        if (!tokenizedLine.nextToken().equals("GET")) {
            sendError(outToClient, "501 Not Implemented");
            return;
        }
        String fileName = tokenizedLine.nextToken().substring(1);
        if (fileName.startsWith("/") || fileName.contains("..")) {
            sendError(outToClient, "403 Forbidden");
            return;
        }

        byte[] fileInBytes;
        try (FileInputStream inFile = new FileInputStream(fileName)) {
            fileInBytes = inFile.readAllBytes();
        } catch (IOException e) {
            sendError(outToClient, "404 Not Found");
            return;
        }
        outToClient.writeBytes("HTTP/1.0 200 Document Follows\r\n");
        if (fileName.endsWith(".html")) {
            outToClient.writeBytes("Content-Type: text/html\r\n");
        }
        if (fileName.endsWith(".jpg")) {
            outToClient.writeBytes("Content-Type: image/jpeg\r\n");
        }
        if (fileName.endsWith(".png")) {
            outToClient.writeBytes("Content-Type: image/png\r\n");
        }
        outToClient.writeBytes("Content-Length: " + fileInBytes.length + "\r\n");
        outToClient.writeBytes("\r\n");
        outToClient.write(fileInBytes, 0, fileInBytes.length);
    }

    static void sendError(DataOutputStream out, String status) throws IOException {
        out.writeBytes("HTTP/1.0 " + status + "\r\n");
        out.writeBytes("Content-Type: text/html\r\n\r\n");
        out.writeBytes("<h1>" + status + "</h1>\n");
    }
}
