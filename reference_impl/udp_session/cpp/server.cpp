// UDP session server: prints what clients say, answers in upper case, ends at "quit".
//
//     g++ -std=c++17 -Wall -Wextra -o server server.cpp
//     ./server [port]
//
// UDP knows no connections, so a session is nothing but datagrams that follow each other: any
// number of clients may talk to the server at the same time, and the "quit" of any one ends it.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace {

constexpr int server_port = 50000;
const std::string quit = "quit";

// The largest payload of an IPv4 datagram: 65535 - 20 (IP header) - 8 (UDP header).
constexpr std::size_t max_datagram = 65507;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

// Upper-cases ASCII letters. All other bytes stay as they are, so UTF-8 text survives.
std::string upper_case(std::string message) {
    std::transform(message.begin(), message.end(), message.begin(),
                   [](unsigned char byte) { return static_cast<char>(std::toupper(byte)); });
    return message;
}

// A UDP socket bound to a port of this computer, which closes itself at the end of its life.
class ServerSocket {
public:
    // INADDR_LOOPBACK is 127.0.0.1: programs on this computer only, as in the lecture.
    explicit ServerSocket(int port) : descriptor_(::socket(AF_INET, SOCK_DGRAM, 0)) {
        if (descriptor_ < 0) fail("socket");
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<in_port_t>(port));
        if (::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) {
            ::close(descriptor_);  // a constructor that throws is never destructed
            fail("bind");
        }
    }
    ~ServerSocket() { ::close(descriptor_); }
    ServerSocket(const ServerSocket&) = delete;
    ServerSocket& operator=(const ServerSocket&) = delete;

    // Waits for a datagram; an empty one is a datagram too. Tells who sent it.
    std::string receive_from(sockaddr_in& client) const {
        std::string message(max_datagram, '\0');
        socklen_t client_size = sizeof client;
        const ssize_t length = ::recvfrom(descriptor_, message.data(), message.size(), 0,
                                          reinterpret_cast<sockaddr*>(&client), &client_size);
        if (length < 0) fail("recvfrom");
        // The string must know what came: with the rest of the buffer behind it, "quit" would
        // never be equal to "quit".
        message.resize(static_cast<std::size_t>(length));
        return message;
    }

    void send_to(const sockaddr_in& client, const std::string& message) const {
        if (::sendto(descriptor_, message.data(), message.size(), 0,
                     reinterpret_cast<const sockaddr*>(&client), sizeof client) < 0)
            fail("sendto");
    }

private:
    int descriptor_;
};

// The port named on the command line, or the usual one.
int port_from(int argc, char** argv) {
    if (argc < 2) return server_port;
    char* end = nullptr;
    const long port = std::strtol(argv[1], &end, 10);
    if (*end != '\0' || port < 1 || port > 65535)
        throw std::invalid_argument(std::string("usage: ") + argv[0] + " [port]");
    return static_cast<int>(port);
}

// Answers datagrams until one says quit, which is not answered.
void serve(const ServerSocket& server_socket) {
    for (;;) {
        sockaddr_in client{};
        const std::string message = server_socket.receive_from(client);
        std::cout << "Client> " << message << std::endl;
        if (message == quit) return;
        try {
            server_socket.send_to(client, upper_case(message));
        } catch (const std::system_error& error) {
            // One reply lost; the other clients still want theirs.
            std::cerr << "Datagram not answered: " << error.what() << '\n';
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const ServerSocket server_socket(port_from(argc, argv));
        std::cout << "UDP server started ..." << std::endl;
        serve(server_socket);
        std::cout << "Terminate server ..." << std::endl;
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
