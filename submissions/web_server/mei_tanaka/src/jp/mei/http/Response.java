package jp.mei.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A response with its body. */
public record Response(int status, String phrase, String type, byte[] body) {

    public static Response error(int status, String phrase) {
        String page = "<html><body><h1>" + status + " " + phrase + "</h1></body></html>";
        return new Response(status, phrase, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    public void write(OutputStream out) throws IOException {
        String head = "HTTP/1.1 " + status + " " + phrase + "\r\n"
                + "Content-Type: " + type + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }
}
