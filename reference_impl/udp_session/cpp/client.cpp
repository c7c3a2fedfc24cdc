// UDP session client: sends line after line and prints the replies, until you type quit.
//
//     g++ -std=c++17 -Wall -Wextra -o client client.cpp
//     ./client

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <string>
#include <system_error>

namespace {

constexpr int server_port = 50000;
constexpr std::size_t max_datagram = 65507;
constexpr int reply_timeout = 20;  // seconds: UDP may lose a datagram, so never wait for ever
const std::string quit = "quit";

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

// The text without blanks and line ends around it.
std::string strip(const std::string& text) {
    const char* const blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// One line from the keyboard; quit at the end of the input (Ctrl-D).
std::string read_line(const std::string& prompt) {
    std::cout << prompt << std::flush;  // a prompt has no newline, so it must be flushed
    std::string line;
    return std::getline(std::cin, line) ? strip(line) : quit;
}

// A UDP socket that talks to the server, and closes itself at the end of its life.
class ClientSocket {
public:
    ClientSocket() : descriptor_(::socket(AF_INET, SOCK_DGRAM, 0)) {
        if (descriptor_ < 0) fail("socket");
        timeval patience{};
        patience.tv_sec = reply_timeout;
        if (::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0) {
            ::close(descriptor_);  // a constructor that throws is never destructed
            fail("setsockopt");
        }
    }
    ~ClientSocket() { ::close(descriptor_); }
    ClientSocket(const ClientSocket&) = delete;
    ClientSocket& operator=(const ClientSocket&) = delete;

    void send(const std::string& text) const {
        sockaddr_in server{};
        server.sin_family = AF_INET;
        server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);  // 127.0.0.1
        server.sin_port = htons(server_port);
        if (::sendto(descriptor_, text.data(), text.size(), 0,
                     reinterpret_cast<const sockaddr*>(&server), sizeof server) < 0)
            fail("sendto");
    }

    std::string receive() const {
        std::string reply(max_datagram, '\0');
        const ssize_t length = ::recv(descriptor_, reply.data(), reply.size(), 0);
        if (length < 0) fail("no reply");
        reply.resize(static_cast<std::size_t>(length));
        return reply;
    }

private:
    int descriptor_;
};

// One exchange per line typed; quit is sent, too, but never answered.
void converse(const ClientSocket& client_socket, const std::string& user_name) {
    for (;;) {
        const std::string line = read_line(user_name + "> ");
        client_socket.send(line);
        if (line == quit) return;
        std::cout << client_socket.receive() << std::endl;
    }
}

}  // namespace

int main() {
    try {
        const ClientSocket client_socket;
        converse(client_socket, read_line("Enter your name: "));
        return EXIT_SUCCESS;
    } catch (const std::system_error& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
