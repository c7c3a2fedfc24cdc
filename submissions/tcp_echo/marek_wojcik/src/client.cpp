// Zadanie 3, klient TCP
// Marek Wojcik, grupa 2
#include <arpa/inet.h>
#include <cstdio>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

static const int PORT = 12000;

int main() {
    std::string line;
    std::cout << "Input lowercase sentence: ";
    if (!std::getline(std::cin, line)) return 1;

    int sock = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    server.sin_port = htons(PORT);
    if (connect(sock, reinterpret_cast<sockaddr *>(&server), sizeof server) < 0) {
        std::perror("connect");
        return 1;
    }
    send(sock, line.data(), line.size(), 0);

    char text[4096];
    ssize_t length = recv(sock, text, sizeof text, 0);
    std::cout << "Odpowiedz: " << std::string(text, length < 0 ? 0 : length) << std::endl;
    close(sock);
    return 0;
}
