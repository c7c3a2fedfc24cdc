import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web server: one HTTP request at a time, files from the directory it is started in.
 *
 * <pre>
 *     javac WebServer.java
 *     java WebServer [port]          then open http://localhost:6789/ in a browser
 * </pre>
 *
 * Methods GET and HEAD. Every response says how long it is and that the connection will be
 * closed after it. Whatever cannot be served is answered with an error page:
 *
 * <pre>
 *     400  the request line cannot be understood     408  the request did not come in time
 *     403  a file we may not read                    431  header lines without end
 *     404  no such file in our directory             505  not HTTP/1.x
 *     405  another method
 * </pre>
 */
public class WebServer {
    private static final int SERVER_PORT = 6789;
    private static final int WAITING_CLIENTS = 16;
    private static final int MAX_HEAD = 16 * 1024; // bytes of request line and header lines
    /** In milliseconds. A client that stalls makes all the others wait. */
    private static final int CLIENT_TIMEOUT = 10_000;

    private static final Map<Integer, String> REASON_PHRASES = Map.of(
            200, "OK",
            400, "Bad Request",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            408, "Request Timeout",
            431, "Request Header Fields Too Large",
            505, "HTTP Version Not Supported");

    private static final String HTML = "text/html; charset=utf-8";
    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("html", HTML),
            Map.entry("htm", HTML),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("pdf", "application/pdf"));

    private static final Pattern REQUEST_LINE = Pattern.compile("(\\S+) (\\S+) HTTP/([0-9])\\.[0-9]");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    /** The request is answered with this error status instead of a file. */
    private static class RequestError extends Exception {
        private static final long serialVersionUID = 1L;
        final int status;

        RequestError(int status) {
            super(REASON_PHRASES.get(status));
            this.status = status;
        }
    }

    private record Request(String method, String target) { }

    private record Response(int status, String contentType, byte[] body) { }

    private final Path documentRoot;

    WebServer(Path documentRoot) {
        this.documentRoot = documentRoot;
    }

    // ---- reading the request -----------------------------------------------------------

    /**
     * Returns the request up to its blank line; an empty text if the client said nothing.
     * TCP is a stream: the request may arrive in any number of pieces, so keep on reading
     * until the blank line is there. The deadline is for all of them together.
     */
    private static String readHead(Socket connection) throws IOException, RequestError {
        long deadline = System.nanoTime() + CLIENT_TIMEOUT * 1_000_000L;
        byte[] piece = new byte[4096];
        String head = "";
        while (!head.contains("\n\r\n") && !head.contains("\n\n")) {
            if (head.length() > MAX_HEAD) {
                throw new RequestError(431);
            }
            int length = readBefore(deadline, connection, piece);
            if (length < 0) { // the client has closed its side
                if (head.isEmpty()) {
                    return "";
                }
                throw new RequestError(400);
            }
            if (length == 0) { // its time is up
                if (head.isEmpty()) {
                    return "";
                }
                throw new RequestError(408);
            }
            // ISO 8859-1 keeps every byte as one character, whatever it stands for.
            head += new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        }
        return head;
    }

    /** Reads once. Returns the number of bytes, -1 at the end, 0 when the deadline passes. */
    private static int readBefore(long deadline, Socket connection, byte[] buffer) throws IOException {
        long millisecondsLeft = (deadline - System.nanoTime()) / 1_000_000;
        // At least 1: for setSoTimeout, 0 means "wait for ever".
        connection.setSoTimeout((int) Math.max(millisecondsLeft, 1));
        try {
            return connection.getInputStream().read(buffer);
        } catch (SocketTimeoutException late) {
            return 0;
        }
    }

    /** Returns the first line; an empty line before it is forgiven, as the RFC asks. */
    private static String requestLineOf(String head) {
        int begin = 0;
        while (begin < head.length() && "\r\n".indexOf(head.charAt(begin)) >= 0) {
            begin++;
        }
        String line = head.substring(begin).split("\n", 2)[0];
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Splits "GET /index.html HTTP/1.1" into method and target. */
    private static Request parse(String requestLine) throws RequestError {
        Matcher parts = REQUEST_LINE.matcher(requestLine);
        if (!parts.matches()) {
            throw new RequestError(400);
        }
        if (!parts.group(3).equals("1")) {
            throw new RequestError(505);
        }
        String method = parts.group(1);
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new RequestError(405);
        }
        return new Request(method, parts.group(2));
    }

    // ---- finding the file --------------------------------------------------------------

    /**
     * Turns %41 into A; several escapes may make one UTF-8 character. (URLDecoder is for
     * forms: it would also turn "+" into a space.)
     */
    private static String decodeEscapes(String text) throws RequestError {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            int octet = text.charAt(i);
            if (octet == '%') {
                String escape = text.substring(i, Math.min(i + 3, text.length()));
                if (!escape.matches("%[0-9A-Fa-f]{2}")) {
                    throw new RequestError(400);
                }
                octet = Integer.parseInt(escape.substring(1), 16);
                i += 2;
            }
            if (octet == 0) { // no file has that in its name
                throw new RequestError(400);
            }
            decoded.write(octet);
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** Returns the file that the target stands for, certainly in our directory. */
    private Path findFile(String target) throws RequestError {
        // A query string names no file. Decode first, check afterwards: %2e%2e is "..".
        String path = target.split("\\?", 2)[0];
        if (!path.startsWith("/")) {
            throw new RequestError(400);
        }
        path = decodeEscapes(path);
        if (path.endsWith("/")) {
            path += "index.html";
        }
        // Browsers take ".." out before they ask: one that arrives here is up to no good.
        if (Arrays.asList(path.split("/")).contains("..")) {
            throw new RequestError(404);
        }
        try {
            // toRealPath follows symbolic links, so a link that leads outside is noticed too.
            // 404 rather than 403: not even whether a file outside exists is anyone's business.
            Path name = Path.of(documentRoot + path).toRealPath();
            if (name.startsWith(documentRoot) && Files.isRegularFile(name)) {
                return name;
            }
        } catch (IOException | InvalidPathException noSuchFile) {
            // The same answer as for a file outside.
        }
        throw new RequestError(404);
    }

    /** Returns the bytes of the file; through a Reader, an image would be damaged. */
    private static byte[] readFile(Path name) throws RequestError {
        try {
            return Files.readAllBytes(name);
        } catch (AccessDeniedException notForUs) {
            throw new RequestError(403);
        } catch (IOException gone) {
            throw new RequestError(404);
        }
    }

    /** Returns the media type; a browser guesses nothing from the name, it believes us. */
    private static String contentTypeOf(Path name) {
        String fileName = name.getFileName().toString();
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return CONTENT_TYPES.getOrDefault(extension, "application/octet-stream");
    }

    // ---- sending the response ----------------------------------------------------------

    /** Returns a small HTML page; it quotes nothing of what the client sent. */
    private static Response errorPage(int status) {
        String title = status + " " + REASON_PHRASES.get(status);
        String page = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n"
                + "<body><h1>" + title + "</h1></body></html>\n";
        return new Response(status, HTML, page.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns status line and header lines, the blank line included. */
    private static String headOf(Response response) {
        return "HTTP/1.1 " + response.status() + " " + REASON_PHRASES.get(response.status()) + "\r\n"
                + "Date: " + HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n"
                + "Content-Type: " + response.contentType() + "\r\n"
                + "Content-Length: " + response.body().length + "\r\n"
                + "Connection: close\r\n"
                + (response.status() == 405 ? "Allow: GET, HEAD\r\n" : "")
                + "\r\n";
    }

    /**
     * Sends head and body. Java's sockets have a timeout for reading only: a client that
     * stops reading in the middle of a large file holds this server up, until it leaves.
     */
    private static void send(Socket connection, Response response, boolean withBody) throws IOException {
        OutputStream toClient = connection.getOutputStream();
        toClient.write(headOf(response).getBytes(StandardCharsets.US_ASCII));
        if (withBody) {
            toClient.write(response.body());
        }
    }

    /**
     * Ends the response, then drops what the client still has to say (a POST's body).
     * Closing a socket with unread bytes sends a reset, which may destroy the response
     * before the client has read it. The wait is short, and limited.
     */
    private static void finish(Socket connection) throws IOException {
        connection.shutdownOutput();
        connection.setSoTimeout(200);
        InputStream fromClient = connection.getInputStream();
        byte[] unread = new byte[64 * 1024];
        try {
            for (int i = 0; i < 16 && fromClient.read(unread) > 0; i++) { }
        } catch (SocketTimeoutException silent) {
            // It has nothing more to say.
        }
    }

    // ---- putting it together -----------------------------------------------------------

    /** Logs one request. Control characters must not paint on our terminal. */
    private static void log(String requestLine, int status) {
        System.out.println("'" + requestLine.replaceAll("[^ -~]", "?") + "' -> "
                + status + " " + REASON_PHRASES.get(status));
    }

    /** Answers the one request of this connection. */
    private void serveClient(Socket connection) throws IOException {
        String requestLine = "";
        boolean withBody = true;
        Response response;
        try {
            String head = readHead(connection);
            if (head.isEmpty()) {
                return; // browsers open connections ahead and may never use them
            }
            requestLine = requestLineOf(head);
            Request request = parse(requestLine);
            withBody = !request.method().equals("HEAD"); // the same header lines, but no body
            Path name = findFile(request.target());
            response = new Response(200, contentTypeOf(name), readFile(name));
        } catch (RequestError error) {
            response = errorPage(error.status);
        }
        log(requestLine, response.status());
        send(connection, response, withBody);
        finish(connection);
    }

    /** Takes client after client, for ever. */
    private void serveForever(ServerSocket listeningSocket) {
        while (true) {
            try (Socket connection = listeningSocket.accept()) {
                serveClient(connection);
            } catch (IOException error) {
                // A client that resets or goes away early ends its own request only.
                System.out.println("Client lost: " + error.getMessage());
            }
        }
    }

    public static void main(String[] arguments) {
        int port = portFrom(arguments);
        try (ServerSocket listeningSocket = new ServerSocket()) {
            // The server closes first, so its connections stay in TIME_WAIT for a minute.
            // Without this a restarted server could not bind its port till then.
            listeningSocket.setReuseAddress(true);
            listeningSocket.bind(new InetSocketAddress(port), WAITING_CLIENTS);
            System.out.println("The web server is ready at http://localhost:" + port + "/");
            new WebServer(Path.of("").toRealPath()).serveForever(listeningSocket);
        } catch (IOException error) {
            System.err.println("Cannot listen on TCP port " + port + ": " + error.getMessage());
            System.exit(1);
        }
    }

    /** Returns the port named on the command line, or the usual one. */
    private static int portFrom(String[] arguments) {
        if (arguments.length == 0) {
            return SERVER_PORT;
        }
        if (!arguments[0].matches("[1-9][0-9]{0,4}") || Integer.parseInt(arguments[0]) > 65535) {
            System.err.println("usage: java WebServer [port]");
            System.exit(1);
        }
        return Integer.parseInt(arguments[0]);
    }
}
