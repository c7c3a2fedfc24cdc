#include <iostream>
#include <string>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(50000);
    addr.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(fd, reinterpret_cast<sockaddr*>(&addr), sizeof(addr)) != 0) return 1;
    std::string name, line
    std::cout << "Enter your name: ";
    std::getline(std::cin, name);
    while (true) {
        std::cout << name << "> ";
        if (!std::getline(std::cin, line)) break;
        send(fd, line.c_str(), line.size(), 0);
        if (line == "quit") break;
        char reply[1024];
        int n = recv(fd, reply, sizeof(reply), 0);
        if (n <= 0) break;
        std::cout << std::string(reply, n) << std::endl;
    }
    close(fd);
}
