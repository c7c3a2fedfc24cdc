#include <cstring>
#include <iostream>
#include <string>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

// CS301 Computer Networks, assignment 3
// Arjun Mehta (B20CS014)

class Server {
    int listener;

public:
    Server(int port) {
        listener = socket(AF_INET, SOCK_STREAM, 0);
        int yes = 1;
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
        sockaddr_in addr;
        memset(&addr, 0, sizeof(addr));
        addr.sin_family = AF_INET;
        addr.sin_addr.s_addr = htonl(INADDR_ANY);
        addr.sin_port = htons(port);
        if (bind(listener, (sockaddr *)&addr, sizeof(addr)) != 0 || listen(listener, 10) != 0) {
            std::cout << "Port " << port << " is not free\n";
            exit(1);
        }
    }

    void serveForever() {
        while (true) {
            int client = accept(listener, NULL, NULL);
            char text[1025];
            int n = recv(client, text, 1024, 0);
            if (n > 0) {
                for (int i = 0; i < n; i++)
                    if (text[i] >= 'a' && text[i] <= 'z') text[i] -= 32;
                send(client, text, n, 0);
            }
            close(client);
        }
    }
};

int main() {
    Server server(12000);
    std::cout << "Server started" << std::endl;
    server.serveForever();
}
