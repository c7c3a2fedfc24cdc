// Zadanie 4, serwer UDP
// Marek Wojcik, grupa 2
#include <arpa/inet.h>
#include <cctype>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_addr.s_addr = inet_addr("127.0.0.1");
    me.sin_port = htons(50000);
    if (sock < 0 || bind(sock, reinterpret_cast<sockaddr *>(&me), sizeof me) < 0) {
        std::cerr << "bind" << std::endl;
        return 1;
    }
    std::cout << "UDP server started ..." << std::endl;

    // the session belongs to whoever speaks first
    sockaddr_in client{};
    socklen_t size = sizeof client;
    bool connected = false;
    char buffer[2048];
    while (true) {
        ssize_t n;
        if (!connected) {
            n = recvfrom(sock, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr *>(&client), &size);
            connected = true;
        } else {
            n = recv(sock, buffer, sizeof buffer, 0);
        }
        if (n < 0) continue;
        std::string text(buffer, n);
        std::cout << "Client> " << text << std::endl;
        if (text == "quit") break;
        for (char &c : text) c = std::toupper(static_cast<unsigned char>(c));
        sendto(sock, text.data(), text.size(), 0, reinterpret_cast<sockaddr *>(&client), size);
    }
    close(sock);
    return 0;
}
