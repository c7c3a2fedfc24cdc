#include <iostream>
#include <string>
#include <cstring>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

class Server {
public:
    explicit Server(int port) {
        fd = socket(AF_INET, SOCK_STREAM, 0);
        int on = 1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
        sockaddr_in addr{};
        addr.sin_family = AF_INET;
        addr.sin_port = htons(port);
        bind(fd, reinterpret_cast<sockaddr*>(&addr), sizeof(addr));
        listen(fd, 5);
    }
    void run() {
        while (true) {
            int client = accept(fd, nullptr, nullptr);
            talk(client);
            close(client);
        }
    }

private:
    int fd;

    static void talk(int client) {
        char buf[1025];
        while (true) {
            int n = recv(client, buf, 1024, 0);
            if (n <= 0) return;
            buf[n] = '\0';
            if (strcmp(buf, "quit") == 0) return;
            for (char* p = buf; *p; p++) *p = toupper(*p);
            send(client, buf, strlen(buf) + 1, 0);
        }
    }
};

int main() {
    signal(SIGPIPE, SIG_IGN);
    Server server(50000);
    std::cout << "started" << std::endl;
    server.run();
}
