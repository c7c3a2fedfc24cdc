package jp.mei.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The first line of an HTTP request. */
public record Request(String method, String path) {

    /** Reads up to the empty line. Returns null if the line has not three words. */
    public static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last4 = 0;
        while (last4 != 0x0d0a0d0a) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed before the end of the request");
            }
            last4 = (last4 << 8) | b;
            head.write(b);
        }
        String[] words = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", 2)[0].split(" ");
        return words.length == 3 ? new Request(words[0], words[1]) : null;
    }
}
