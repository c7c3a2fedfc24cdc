#include <iostream>
#include <string>
#include <thread>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

void talk(int client) {
    char buf[1024];
    while (true) {
        int n = recv(client, buf, sizeof(buf), 0);
        if (n <= 0 || std::string(buf, n) == "quit") break;
        for (int i = 0; i < n; i++) buf[i] = toupper(buf[i]);
        send(client, buf, n, 0);
    }
    close(client);

int main() {
    signal(SIGPIPE, SIG_IGN);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(50000);
    bind(fd, reinterpret_cast<sockaddr*>(&addr), sizeof(addr));
    listen(fd, 5);
    while (true) {
        int client = accept(fd, nullptr, nullptr);
        std::thread(talk, client).detach();
    }
}
