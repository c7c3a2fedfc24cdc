// One thread, poll() over all clients.
#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static bool answer(int fd) {
    char buffer[2048];
    const ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    std::string text(buffer, static_cast<size_t>(n));
    if (text == "quit") return false;
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return send(fd, text.data(), text.size(), MSG_NOSIGNAL) == n;
}

int main() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(50000);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(listener, 16);
    std::vector<pollfd> all{{listener, POLLIN, 0}};
    while (poll(all.data(), all.size(), 1000) >= 0) {
        for (size_t i = all.size(); i-- > 1;) {
            if (all[i].revents && !answer(all[i].fd)) {
                close(all[i].fd);
                all.erase(all.begin() + static_cast<long>(i));
            }
        }
        if (all[0].revents) {
            const int client = accept(listener, nullptr, nullptr);
            if (client >= 0) all.push_back({client, POLLIN, 0});
        }
    }
}
