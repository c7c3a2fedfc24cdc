// Laboratory work 3, TCP client
// Ivan Petrov, group 32
#include <iostream>
#include <string>

#include "TcpSocket.h"

const unsigned short PORT = 12000;

int main() {
    TcpSocket server;
    server.connectTo("127.0.0.1", PORT);

    std::string line;
    std::cout << "> " << std::flush;
    if (!std::getline(std::cin, line)) return 0;
    server.sendAll(line);
    std::cout << "From Server: " << server.receive() << std::endl;
    return 0;
}
