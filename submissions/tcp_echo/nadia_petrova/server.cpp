// Nadia Petrova: ./server <address> <port>
#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " <address> <port>" << std::endl;
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::atoi(argv[2]));
    inet_pton(AF_INET, argv[1], &address.sin_addr);
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(listener, 5);

    while (true) {
        int client = accept(listener, nullptr, nullptr);
        if (client < 0)
            continue;
        char buffer[2048];
        ssize_t n = recv(client, buffer, sizeof buffer, 0);
        if (n > 0) {
            std::transform(buffer, buffer + n, buffer, [](unsigned char c) { return std::toupper(c); });
            send(client, buffer, n, 0);
        }
        close(client);
    }
}
