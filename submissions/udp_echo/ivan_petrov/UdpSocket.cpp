#include "UdpSocket.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

UdpSocket::UdpSocket() : fd(socket(AF_INET, SOCK_DGRAM, 0)) {
    if (fd < 0) throw std::runtime_error("socket() failed");
}

UdpSocket::~UdpSocket() { close(fd); }

void UdpSocket::bindTo(unsigned short port) {
    sockaddr_in address = localAddress(port);
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0)
        throw std::runtime_error("bind() failed");
}

std::string UdpSocket::receive(sockaddr_in &from) {
    std::vector<char> buffer(65536);
    socklen_t length = sizeof from;
    ssize_t n = recvfrom(fd, buffer.data(), buffer.size(), 0,
                         reinterpret_cast<sockaddr *>(&from), &length);
    if (n < 0) throw std::runtime_error("recvfrom() failed");
    return std::string(buffer.data(), n);
}

void UdpSocket::sendTo(const std::string &text, const sockaddr_in &to) {
    sendto(fd, text.data(), text.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
}

sockaddr_in localAddress(unsigned short port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}
