// A chat room in one thread: poll() tells who has something to say.
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

struct Client {
    std::string name;    // empty until it has come
    std::string pending; // what is not yet a whole line
};

static std::map<int, Client> clients;

static void tell(int fd, const std::string& line) {
    const std::string data = line + "\n";
    send(fd, data.data(), data.size(), MSG_NOSIGNAL);
}

static void tellOthers(int but, const std::string& line) {
    for (const auto& [fd, client] : clients)
        if (fd != but && !client.name.empty()) tell(fd, line);
}

static void drop(int fd) {
    const std::string name = clients[fd].name;
    clients.erase(fd);
    close(fd);
    if (!name.empty()) tellOthers(fd, name + " left");
}

// Returns false when the client wants to leave.
static bool takeLine(int fd, std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Client& client = clients[fd];
    if (client.name.empty()) {
        client.name = line;
        tell(fd, "Welcome, " + line);
        tellOthers(fd, line + " joined");
        return true;
    }
    if (line == "/quit") return false;
    tellOthers(fd, client.name + ": " + line);
    return true;
}

static void hear(int fd) {
    char buffer[1024];
    const ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) return drop(fd);
    std::string& pending = clients[fd].pending;
    pending.append(buffer, static_cast<size_t>(n));
    size_t end;
    while ((end = pending.find('\n')) != std::string::npos) {
        const std::string line = pending.substr(0, end);
        pending.erase(0, end + 1);
        if (!takeLine(fd, line)) return drop(fd);
    }
}

int main() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9000);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(listener, 16);
    for (;;) {
        std::vector<pollfd> all{{listener, POLLIN, 0}};
        for (const auto& entry : clients) all.push_back({entry.first, POLLIN, 0});
        poll(all.data(), all.size(), -1);
        for (const pollfd& one : all) {
            if (!one.revents) continue;
            if (one.fd == listener)
                clients[accept(listener, nullptr, nullptr)];
            else
                hear(one.fd);
        }
    }
}
