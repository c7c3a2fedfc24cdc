// Zadanie 3, klient UDP
// Marek Wojcik, grupa 2
#include <arpa/inet.h>
#include <cstdlib>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

static const int PORT = 12000;

int main(int argc, char **argv) {
    const int own = argc == 3 ? std::atoi(argv[1]) : 0;
    if (own < 1 || own > 65535) {
        std::cerr << "Uzycie: client <port> <wiadomosc>" << std::endl;
        return 1;
    }
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    me.sin_port = htons(own);
    if (bind(sock, reinterpret_cast<sockaddr *>(&me), sizeof me) < 0) {
        std::perror("client");
        return 1;
    }
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    server.sin_port = htons(PORT);
    const std::string line = argv[2];
    sendto(sock, line.data(), line.size(), 0, reinterpret_cast<sockaddr *>(&server), sizeof server);

    char text[4096];
    ssize_t length = recv(sock, text, sizeof text, 0);
    std::cout << std::string(text, length < 0 ? 0 : length) << std::endl;
    close(sock);
    return 0;
}
