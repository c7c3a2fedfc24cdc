"""Programs as students write them, for the tests of finding and building."""

UDP_SERVER_PY = b"""from socket import *
serverPort = 12000
serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(('', serverPort))
print("The server is ready to receive")
while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    modifiedMessage = message.decode().upper()
    serverSocket.sendto(modifiedMessage.encode(), clientAddress)
"""

UDP_CLIENT_PY = b"""from socket import *
serverName = 'localhost'
serverPort = 12000
clientSocket = socket(AF_INET, SOCK_DGRAM)
message = input('Input lowercase sentence:')
clientSocket.sendto(message.encode(), (serverName, serverPort))
modifiedMessage, serverAddress = clientSocket.recvfrom(2048)
print(modifiedMessage.decode())
clientSocket.close()
"""

TCP_SERVER_PY = b"""from socket import *
serverPort = 12000
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.bind(('', serverPort))
serverSocket.listen(1)
print('The server is ready to receive')
while True:
    connectionSocket, addr = serverSocket.accept()
    sentence = connectionSocket.recv(1024).decode()
    connectionSocket.send(sentence.upper().encode())
    connectionSocket.close()
"""

TCP_CLIENT_PY = b"""import socket

def main():
    # connect to the server, then bind the result to a name and listen
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.connect(("127.0.0.1", 12000))
        s.sendall(input("Input lowercase sentence: ").encode())
        print("From Server:", s.recv(1024).decode())

if __name__ == "__main__":
    main()
"""

PYTHON2_SERVER = b"""from socket import *

serverPort = 12000
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.bind(("", serverPort))
serverSocket.listen(1)

# tell them
print "The server is ready to receive"
while 1:
    connectionSocket, addr = serverSocket.accept()
    sentence = connectionSocket.recv(1024)
    connectionSocket.send(sentence.upper())
    connectionSocket.close()
"""

SERVER_C = b"""#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORT 12000

/* connect() is what the client does */
int main(int argc, char *argv[])
{
    int listenfd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    addr.sin_port = htons(PORT);
    bind(listenfd, (struct sockaddr *)&addr, sizeof addr);
    listen(listenfd, 5);
    printf("ready\\n");
    while (1) {
        int fd = accept(listenfd, NULL, NULL);
        char buffer[1024];
        ssize_t n = read(fd, buffer, sizeof buffer);
        for (ssize_t i = 0; i < n; i++)
            buffer[i] = toupper(buffer[i]);
        write(fd, buffer, n);
        close(fd);
    }
    return 0;
}
"""

CLIENT_C = b"""#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(12000) };
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    connect(fd, (struct sockaddr *)&to, sizeof to);
    char line[1024];
    fgets(line, sizeof line, stdin);
    send(fd, line, strlen(line) - 1, 0);
    ssize_t n = recv(fd, line, sizeof line, 0);
    printf("From Server: %.*s\\n", (int)n, line);
    return 0;
}
"""

SERVER_CPP = b"""#include <iostream>
#include <string>
#include <thread>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

using namespace std;

int main() {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(12000);
    ::bind(s, (sockaddr*)&a, sizeof a);
    listen(s, 5);
    cout << "Server is running" << endl;
    for (;;) {
        int c = accept(s, nullptr, nullptr);
        thread([c] { char b[100]; auto n = read(c, b, 100); write(c, b, n); close(c); }).detach();
    }
}
"""

SERVER_JAVA = b"""import java.io.*;
import java.net.*;

public class TCPServer {
    static final int PORT = 12000;

    public static void main(String argv[]) throws Exception {
        ServerSocket welcomeSocket = new ServerSocket(PORT);
        while (true) {
            Socket connectionSocket = welcomeSocket.accept();
            new Thread(new Worker(connectionSocket)).start();
        }
    }
}

class Worker implements Runnable {
    private final Socket socket;
    Worker(Socket socket) { this.socket = socket; }
    public void run() {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeBytes(in.readLine().toUpperCase() + '\\n');
        } catch (IOException e) { e.printStackTrace(); }
    }
}
"""

CLIENT_JAVA = b"""import java.io.*;
import java.net.*;

class TCPClient {
    public static void main(String[] args) throws Exception {
        BufferedReader inFromUser = new BufferedReader(new InputStreamReader(System.in));
        Socket clientSocket = new Socket("localhost", 12000);
        DataOutputStream outToServer = new DataOutputStream(clientSocket.getOutputStream());
        outToServer.writeBytes(inFromUser.readLine() + '\\n');
        InputStream answer = clientSocket.getInputStream();
        BufferedReader in = new BufferedReader(new InputStreamReader(answer));
        System.out.println("FROM SERVER: " + in.readLine());
        clientSocket.close();
    }
}
"""
