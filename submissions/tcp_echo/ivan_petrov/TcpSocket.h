#pragma once

#include <string>

// A thin wrapper around a TCP socket; it is closed with the object.
class TcpSocket {
public:
    TcpSocket();
    explicit TcpSocket(int descriptor) : fd(descriptor) {}
    TcpSocket(const TcpSocket &) = delete;
    TcpSocket &operator=(const TcpSocket &) = delete;
    ~TcpSocket();

    void listenOn(unsigned short port);
    int acceptClient();
    void connectTo(const char *host, unsigned short port);
    std::string receive();
    void sendAll(const std::string &text);

private:
    int fd;
};
