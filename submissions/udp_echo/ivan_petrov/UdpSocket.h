#pragma once

#include <netinet/in.h>

#include <string>

// A thin wrapper around a UDP socket.
class UdpSocket {
public:
    UdpSocket();
    ~UdpSocket();

    void bindTo(unsigned short port);
    std::string receive(sockaddr_in &from);
    void sendTo(const std::string &text, const sockaddr_in &to);

private:
    int fd;
};

sockaddr_in localAddress(unsigned short port);
