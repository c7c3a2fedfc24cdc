// Laboratory work 3, TCP server
// Ivan Petrov, group 32
#include <cctype>
#include <iostream>
#include <stdexcept>

#include "TcpSocket.h"

const unsigned short PORT = 12000;

static void serve(int descriptor) {
    TcpSocket client(descriptor);
    std::string text = client.receive();
    for (char &c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    client.sendAll(text);
}

int main() {
    TcpSocket listener;
    listener.listenOn(PORT);
    std::cout << "Server is running" << std::endl;

    for (;;) {
        int descriptor = listener.acceptClient();
        try {
            serve(descriptor);
        } catch (const std::runtime_error &error) {
            std::cerr << "client: " << error.what() << std::endl;
        }
    }
}
