#include <cstdio>
#include <iostream>
#include <string>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9000);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
        perror("connect");
        return 1;
    }
    std::cout << "Name: " << std::flush;
    std::string typed;
    char buffer[2048];
    pollfd both[2] = {{STDIN_FILENO, POLLIN, 0}, {fd, POLLIN, 0}};
    while (poll(both, 2, -1) > 0) {
        if (both[1].revents) {
            const ssize_t n = read(fd, buffer, sizeof buffer);
            if (n <= 0) break;
            std::cout.write(buffer, n).flush();
        }
        if (both[0].revents) {
            const ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
            if (n <= 0) break;
            send(fd, buffer, static_cast<size_t>(n), 0);
            typed.append(buffer, static_cast<size_t>(n));
            if (typed.find("/quit\n") != std::string::npos) break;
        }
    }
    close(fd);
}
