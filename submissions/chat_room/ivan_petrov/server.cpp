#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

std::map<int, std::string> names;

void broadcast(const std::string& text, int from) {
    for (auto& [fd, name] : names)
        if (fd != from) send(fd, text.c_str(), text.size(), 0);
}

void talk(int client) {
    std::string name = readLine(client);
    names[client] = name;
    broadcast(name + " joined\n", client);
    std::string line;
    while ((line = readLine(client)) != "/quit")
        broadcast(name + ": " + line + "\n", client);
    close(client);
}

int main() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(9000);
    bind(fd, reinterpret_cast<sockaddr*>(&addr), sizeof(addr));
    listen(fd, 5);
    while (true) std::thread(talk, accept(fd, nullptr, nullptr)).detach();
}
