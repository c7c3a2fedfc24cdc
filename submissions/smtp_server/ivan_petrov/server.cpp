#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

class LineSocket {
    int fd;
    std::string pending;

public:
    explicit LineSocket(int fd) : fd(fd) {}
    ~LineSocket() { close(fd); }

    std::string readLine() {
        for (;;) {
            auto end = pending.find('\n');
            if (end != std::string::npos) {
                std::string line = pending.substr(0, end);
                pending.erase(0, end + 1);
                while (!line.empty() && line.back() == '\r') line.pop_back();
                return line;
            }
            char piece[1024];
            ssize_t n = recv(fd, piece, sizeof piece, 0);
            if (n <= 0) throw std::runtime_error("client has gone");
            pending.append(piece, n);
        }
    }

    void write(const std::string& reply) {
        std::string line = reply + "\r\n";
        send(fd, line.data(), line.size(), MSG_NOSIGNAL);
    }
};

static std::string verb(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    for (char& c : word) c = toupper(c);
    return word;
}

static void session(LineSocket& client) {
    int stage = 0;
    client.write("220 ivan.example.org");
    for (;;) {
        std::string v = verb(client.readLine());
        if (v == "HELO" || v == "EHLO") {
            stage = 1;
            client.write("250 privet");
        } else if (v == "MAIL" && stage == 1) {
            stage = 2;
            client.write("250 ok");
        } else if (v == "RCPT" && stage >= 2) {
            stage = 3;
            client.write("250 ok");
        } else if (v == "DATA" && stage == 3) {
            client.write("354 ok");
            while (client.readLine() != ".") {
            }
            stage = 1;
            client.write("250 ok");
        } else if (v == "QUIT") {
            client.write("221 ok");
            return;
        } else {
            client.write(v == "MAIL" || v == "RCPT" || v == "DATA" ? "503 order" : "500 command");
        }
    }
}

int main() {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(2525);
    address.sin_addr.s_addr = INADDR_ANY;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
        std::cerr << "bind failed\n";
        return 1;
    }
    listen(listener, 10);
    try {
        LineSocket client(accept(listener, nullptr, nullptr));
        session(client);
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
    }
    close(listener);
    std::cout << "done\n";
}
