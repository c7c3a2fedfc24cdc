// Laboratory work 2, UDP server
// Ivan Petrov, group 32
#include <cctype>
#include <iostream>

#include "UdpSocket.h"

const unsigned short PORT = 12000;

int main() {
    UdpSocket socket;
    socket.bindTo(PORT);
    std::cout << "Server is running" << std::endl;

    for (;;) {
        sockaddr_in client{};
        std::string text = socket.receive(client);
        for (char &c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        socket.sendTo(text, client);
    }
}
