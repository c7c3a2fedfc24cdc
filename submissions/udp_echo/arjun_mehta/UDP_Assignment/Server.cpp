#include <cctype>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

// CS301 Computer Networks, assignment 2
// Arjun Mehta (B20CS014)

class Server {
    int fd;
    sockaddr_in addr;

public:
    Server(int port) {
        fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (fd < 0) {
            std::cout << "No socket\n";
            exit(1);
        }
        memset(&addr, 0, sizeof(addr));
        addr.sin_family = AF_INET;
        addr.sin_addr.s_addr = htonl(INADDR_ANY);
        addr.sin_port = htons(port);
    }

    void serveForever() {
        while (true) {
            char text[2048];
            sockaddr_in client;
            socklen_t size = sizeof(client);
            int n = recvfrom(fd, text, sizeof(text), 0, (sockaddr *)&client, &size);
            for (int i = 0; i < n; i++)
                text[i] = toupper(text[i]);
            sendto(fd, text, n, 0, (sockaddr *)&client, size);
        }
    }
};

int main() {
    Server server(12000);
    std::cout << "Server started" << std::endl;
    server.serveForever();
}
