package jp.mei.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files that are served: those below one directory. */
public class Site {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html", "txt", "text/plain", "css", "text/css",
            "png", "image/png", "jpg", "image/jpeg", "gif", "image/gif");

    private final Path root;

    public Site(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Response answer(Request request) throws IOException {
        if (request == null) {
            return Response.error(400, "Bad Request");
        }
        if (!request.method().equals("GET")) {
            return Response.error(405, "Method Not Allowed");
        }
        String name = request.path().equals("/") ? "index.html" : request.path().substring(1);
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            return Response.error(403, "Forbidden");
        }
        if (!Files.isRegularFile(file)) {
            return Response.error(404, "Not Found");
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase();
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        return new Response(200, "OK", type, Files.readAllBytes(file));
    }
}
