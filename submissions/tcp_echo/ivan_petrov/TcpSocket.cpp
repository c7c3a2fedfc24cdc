#include "TcpSocket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

static sockaddr_in makeAddress(in_addr_t host, unsigned short port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = host;
    return address;
}

TcpSocket::TcpSocket() : fd(socket(AF_INET, SOCK_STREAM, 0)) {
    if (fd < 0) throw std::runtime_error("socket() failed");
}

TcpSocket::~TcpSocket() { close(fd); }

void TcpSocket::listenOn(unsigned short port) {
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = makeAddress(htonl(INADDR_ANY), port);
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0)
        throw std::runtime_error("bind() failed");
    if (listen(fd, 16) < 0) throw std::runtime_error("listen() failed");
}

int TcpSocket::acceptClient() {
    int client = accept(fd, nullptr, nullptr);
    if (client < 0) throw std::runtime_error("accept() failed");
    return client;
}

void TcpSocket::connectTo(const char *host, unsigned short port) {
    sockaddr_in address = makeAddress(inet_addr(host), port);
    if (connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0)
        throw std::runtime_error("connect() failed");
}

std::string TcpSocket::receive() {
    std::vector<char> buffer(65536);
    ssize_t n = recv(fd, buffer.data(), buffer.size(), 0);
    if (n < 0) throw std::runtime_error("recv() failed");
    return std::string(buffer.data(), n);
}

void TcpSocket::sendAll(const std::string &text) {
    size_t done = 0;
    while (done < text.size()) {
        ssize_t n = send(fd, text.data() + done, text.size() - done, MSG_NOSIGNAL);
        if (n < 0) throw std::runtime_error("send() failed");
        done += n;
    }
}
