// CS 372 - UDP using arguments, server
// Arjun Mehta
#include <arpa/inet.h>
#include <cctype>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

int main() {
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0) {
        std::cerr << "no socket" << std::endl;
        return 1;
    }
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(12000);
    server.sin_addr.s_addr = INADDR_ANY;
    std::cout << "The server is ready to receive" << std::endl;

    char buffer[2048];
    while (true) {
        sockaddr_in client{};
        socklen_t size = sizeof client;
        ssize_t n = recvfrom(sock, buffer, sizeof buffer, 0, (sockaddr *)&client, &size);
        if (n < 0) continue;
        std::string text(buffer, n);
        std::cout << "This message:  " << text << std::endl;
        std::cout << "is received from: ('" << inet_ntoa(client.sin_addr) << "', "
                  << ntohs(client.sin_port) << ")" << std::endl;
        for (char &c : text) c = std::toupper((unsigned char)c);
        sendto(sock, text.data(), text.size(), 0, (sockaddr *)&client, size);
    }
}
