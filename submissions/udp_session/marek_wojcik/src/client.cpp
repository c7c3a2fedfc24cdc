// Zadanie 4, klient UDP
// Marek Wojcik, grupa 2
#include <arpa/inet.h>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

static std::string strip(const std::string &text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

int main() {
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    server.sin_port = htons(50000);

    std::string name, line;
    std::cout << "Enter your name: ";
    std::getline(std::cin, name);
    while (std::cout << name << "> " && std::getline(std::cin, line)) {
        line = strip(line);
        sendto(sock, line.data(), line.size(), 0, reinterpret_cast<sockaddr *>(&server), sizeof server);
        if (line == "quit") break;
        char buffer[2048];
        ssize_t n = recv(sock, buffer, sizeof buffer, 0);
        std::cout << std::string(buffer, n < 0 ? 0 : n) << std::endl;
    }
    close(sock);
    return 0;
}
