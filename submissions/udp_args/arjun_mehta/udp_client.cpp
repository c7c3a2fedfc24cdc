// CS 372 - UDP using arguments, client
// Arjun Mehta
#include <arpa/inet.h>
#include <cstdlib>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 3 || std::atoi(argv[1]) <= 0) {
        std::cerr << "usage: udp_client <port> <message>" << std::endl;
        return 1;
    }
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_port = htons(std::atoi(argv[1]));
    me.sin_addr.s_addr = INADDR_ANY;

    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(12000);
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    std::string message = argv[2];
    sendto(sock, message.data(), message.size(), 0, (sockaddr *)&server, sizeof server);

    char buffer[2048];
    ssize_t n = recvfrom(sock, buffer, sizeof buffer, 0, nullptr, nullptr);
    std::cout << std::string(buffer, n < 0 ? 0 : n) << std::endl;
    close(sock);
    return 0;
}
