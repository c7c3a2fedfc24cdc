// Inês Carvalho, trabalho prático 2: servidor web
import java.io.*;
import java.net.*;
import java.nio.file.*;

public class ServidorWeb {

    static final int PORTO = 6789;

    public static void main(String[] args) throws Exception {
        ServerSocket ss = new ServerSocket(PORTO);
        while (true) {
            System.out.println("À espera de um pedido...");
            Socket s = ss.accept();
            Pedido p = new Pedido(s);
            p.tratar();
        }
    }
}

/** Um pedido HTTP. */
class Pedido {

    private static final String CRLF = "\r\n";
    private final Socket socket;

    Pedido(Socket socket) {
        this.socket = socket;
    }

    void tratar() throws IOException {
        try {
            BufferedReader br = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String linha = br.readLine();
            // o resto do cabeçalho não interessa
            String resto = linha;
            while (resto != null && !resto.isEmpty()) {
                resto = br.readLine();
            }
            if (linha != null) {
                System.out.println(linha);
                responder(linha.split(" "), new DataOutputStream(socket.getOutputStream()));
            }
        } catch (IOException e) {
            System.out.println("Erro: " + e.getMessage());
        } finally {
            socket.close();
        }
    }

    private void responder(String[] palavras, DataOutputStream os) throws IOException {
        if (palavras.length < 3) {
            erro(os, "400 Bad Request");
        } else if (!palavras[0].equals("GET")) {
            erro(os, "405 Method Not Allowed");
        } else {
            String nome = "." + palavras[1];
            File f = new File(nome);
            if (nome.contains("..") || !f.isFile()) {
                erro(os, "404 Found");
            } else {
                os.writeBytes("HTTP/1.0 200 OK" + CRLF);
                os.writeBytes("Content-type: " + tipo(nome) + CRLF);
                os.writeBytes(CRLF);
                Files.copy(f.toPath(), os);
            }
        }
        os.flush();
    }

    private void erro(DataOutputStream os, String estado) throws IOException {
        os.writeBytes("HTTP/1.0 " + estado + CRLF);
        os.writeBytes("Content-type: text/html" + CRLF);
        os.writeBytes(CRLF);
        os.writeBytes("<HTML><HEAD><TITLE>" + estado + "</TITLE></HEAD><BODY>" + estado + "</BODY></HTML>");
    }

    private String tipo(String nome) {
        if (nome.endsWith(".htm") || nome.endsWith(".html")) {
            return "text/html";
        }
        if (nome.endsWith(".gif")) {
            return "image/gif";
        }
        if (nome.endsWith(".jpg") || nome.endsWith(".jpeg")) {
            return "image/jpeg";
        }
        if (nome.endsWith(".png")) {
            return "image/png";
        }
        return "text/plain";
    }
}
