// TCP session server: holds a conversation on each connection, in upper case.
//
//     g++ -std=c++17 -Wall -Wextra -o server server.cpp
//     ./server [port]
//
//     client sends        server replies
//     hello               HELLO
//     quit                                (nothing: it closes the connection)
//
// One conversation at a time. The protocol has no message boundaries of its own: what one
// recv() returns is one message, so a client must wait for the reply before it goes on.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

constexpr int server_port = 50000;
constexpr std::size_t max_message = 64 * 1024;  // bytes taken in one recv
constexpr int waiting_clients = 16;
constexpr std::string_view quit_message = "quit";

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

// Owns a descriptor and closes it at the end of its life, exceptions included: no
// connection is left open by accident.
class Socket {
public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&&) = delete;
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int descriptor() const { return descriptor_; }

    // Receives once. An empty string means that the client has closed its side.
    std::string receive(std::size_t limit) const {
        std::string bytes(limit, '\0');
        const ssize_t length = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (length < 0) fail("recv");
        bytes.resize(static_cast<std::size_t>(length));
        return bytes;
    }

    // Sends everything: send() may take only part of it.
    void send_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), 0);
            if (sent < 0) fail("send");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

private:
    int descriptor_;
};

// Upper-cases ASCII letters; all other bytes stay as they are, so UTF-8 text survives.
// toupper() wants an unsigned char: a negative char would be out of bounds.
std::string upper_case(std::string message) {
    std::transform(message.begin(), message.end(), message.begin(),
                   [](unsigned char byte) { return static_cast<char>(std::toupper(byte)); });
    return message;
}

// Does the message say goodbye? A newline behind it (as `nc` adds) is fine.
bool is_quit(std::string_view message) {
    while (!message.empty() && (message.back() == '\n' || message.back() == '\r'))
        message.remove_suffix(1);
    return message == quit_message;
}

// Answers message after message. Returns when the client said quit or left.
void converse(const Socket& connection) {
    for (;;) {
        const std::string message = connection.receive(max_message);
        if (message.empty()) return;
        std::cout << "Client> " << message << std::endl;
        if (is_quit(message)) return;
        connection.send_all(upper_case(message));
    }
}

// Waits for a client and holds one conversation; closes that connection only.
void serve_next_client(const Socket& listening_socket) {
    const Socket connection(::accept(listening_socket.descriptor(), nullptr, nullptr));
    if (connection.descriptor() < 0) fail("accept");
    std::cout << "New client connected" << std::endl;
    converse(connection);
    std::cout << "Client disconnected, waiting for a new client" << std::endl;
}

// The port named on the command line, or the usual one.
int port_from(int argc, char** argv) {
    if (argc < 2) return server_port;
    char* end = nullptr;
    const long port = std::strtol(argv[1], &end, 10);
    if (*end != '\0' || port < 1 || port > 65535)
        throw std::invalid_argument(std::string("usage: ") + argv[0] + " [port]");
    return static_cast<int>(port);
}

// Opens a TCP socket listening on the port on every address of this machine.
Socket listen_on(int port) {
    Socket listening_socket(::socket(AF_INET, SOCK_STREAM, 0));
    const int descriptor = listening_socket.descriptor();
    if (descriptor < 0) fail("socket");

    // After quit the server closes first, which leaves the connection in TIME_WAIT for a
    // minute. Without SO_REUSEADDR a restarted server could not bind its port till then.
    const int yes = 1;
    if (::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0) fail("setsockopt");

    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons(static_cast<in_port_t>(port));
    if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) fail("bind");
    if (::listen(descriptor, waiting_clients) < 0) fail("listen");
    return listening_socket;
}

}  // namespace

int main(int argc, char** argv) {
    // Sending to a client that has gone raises SIGPIPE, which would end the program.
    // Ignored, it becomes an error that send() returns.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        const Socket listening_socket = listen_on(port_from(argc, argv));
        for (;;) {
            try {
                serve_next_client(listening_socket);
            } catch (const std::system_error& error) {
                // A reset or a broken pipe ends this conversation, not the server.
                std::cout << "Client lost: " << error.what() << std::endl;
            }
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
