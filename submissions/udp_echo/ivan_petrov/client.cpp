// Laboratory work 2, UDP client
// Ivan Petrov, group 32
#include <iostream>
#include <string>

#include "UdpSocket.h"

const unsigned short PORT = 12000;

int main() {
    UdpSocket socket;
    sockaddr_in server = localAddress(PORT);
    std::string line;

    while (true) {
        std::cout << "> " << std::flush;
        std::getline(std::cin, line);
        socket.sendTo(line, server);

        sockaddr_in from{};
        std::cout << socket.receive(from) << std::endl;
    }
}
