// SMTP server: takes messages from mail clients and prints them (RFC 5321).
//
//     g++ -std=c++17 -Wall -Wextra -o server server.cpp
//     ./server [port]
//
//     client                              server
//                                         220 localhost SMTP server ready
//     HELO laptop                         250 Hello laptop
//     MAIL FROM:<ann@example.org>         250 Sender accepted
//     RCPT TO:<bob@example.org>           250 Recipient accepted
//     DATA                                354 Go ahead, end with a line that is only a dot
//     Subject: Lunch?                     (nothing: this is the message, not commands)
//     .                                   250 Message accepted for delivery
//     QUIT                                221 Goodbye            (and closes the connection)
//
// One client at a time. Nothing is delivered: the messages are printed.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace {

constexpr int server_port = 2525;  // mail servers use 25, for which one has to be root
constexpr std::size_t max_line = 64 * 1024;  // RFC 5321 asks for 1000 at least
constexpr int waiting_clients = 16;

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

private:
    int descriptor_;
};

// The client has closed its side, in whatever it was saying, or never ends its line.
struct ClientLeft : std::runtime_error {
    ClientLeft() : std::runtime_error("Client left without QUIT") {}
};

// Lines from the client, replies to it.
class Connection {
public:
    explicit Connection(Socket socket) : socket_(std::move(socket)) {}

    // Takes the next line, without its line end (CR LF; a bare LF is forgiven). TCP is a
    // stream: a line may come in many pieces, or many lines in one piece; what is behind
    // the line stays in received_ for the next call.
    std::string read_line() {
        std::size_t newline;
        while ((newline = received_.find('\n')) == std::string::npos) {
            if (received_.size() > max_line) throw ClientLeft();
            std::array<char, 4096> piece;
            const ssize_t length = ::recv(socket_.descriptor(), piece.data(), piece.size(), 0);
            if (length < 0) fail("recv");
            if (length == 0) throw ClientLeft();
            received_.append(piece.data(), static_cast<std::size_t>(length));
        }
        std::string line = received_.substr(0, newline);
        received_.erase(0, newline + 1);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return line;
    }

    // Sends one reply, all of it: send() may take only part.
    void reply(const std::string& text) const {
        const std::string line = text + "\r\n";
        std::string_view bytes = line;
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_.descriptor(), bytes.data(), bytes.size(), 0);
            if (sent < 0) fail("send");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

private:
    Socket socket_;
    std::string received_;
};

// Commands may be written in small letters, and some clients do so.
std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return text;
}

// The address in "FROM:<address>", if it is written so; empty in error reports.
std::optional<std::string> address_in(const std::string& argument, const std::string& word) {
    if (upper(argument.substr(0, word.size())) != word) return std::nullopt;
    const std::size_t begin = argument.find_first_not_of(' ', word.size());
    const std::size_t end = argument.find('>');
    if (begin == std::string::npos || argument[begin] != '<' || end == std::string::npos)
        return std::nullopt;
    return argument.substr(begin + 1, end - begin - 1);
}

// One client's dialogue: what it has said so far decides what may come next.
class Session {
public:
    explicit Session(Connection& connection) : connection_(connection) {}

    // Answers command after command until QUIT.
    void run() {
        connection_.reply("220 localhost SMTP server ready");
        while (!is_over_) {
            const std::string line = connection_.read_line();
            const std::string text = answer(line);
            std::cout << line << " -> " << text << std::endl;
            connection_.reply(text);
        }
    }

private:
    std::string answer(const std::string& line) {
        const std::size_t space = std::min(line.find(' '), line.size());
        const std::string verb = upper(line.substr(0, space));
        const std::string argument = line.substr(std::min(space + 1, line.size()));

        if (verb == "HELO" || verb == "EHLO") return hello(argument);
        if (verb == "MAIL") return mail_from(argument);
        if (verb == "RCPT") return rcpt_to(argument);
        if (verb == "DATA") return data();
        if (verb == "RSET") return reset();
        if (verb == "NOOP") return "250 Nothing done";
        if (verb == "QUIT") return quit();
        return "500 I do not know this command";
    }

    std::string hello(const std::string& argument) {
        if (argument.empty()) return "501 Say who you are: HELO name";
        has_greeted_ = true;
        forget_message();
        return "250 Hello " + argument;
    }

    std::string mail_from(const std::string& argument) {
        if (!has_greeted_) return "503 Say HELO first";
        if (sender_) return "503 You have named the sender already";
        sender_ = address_in(argument, "FROM:");
        return sender_ ? "250 Sender accepted" : "501 Write it as MAIL FROM:<address>";
    }

    std::string rcpt_to(const std::string& argument) {
        if (!sender_) return "503 Say MAIL FROM first";
        const std::optional<std::string> recipient = address_in(argument, "TO:");
        if (!recipient || recipient->empty()) return "501 Write it as RCPT TO:<address>";
        recipients_.push_back(*recipient);
        return "250 Recipient accepted";
    }

    // Nothing in the message is a command, not even QUIT.
    std::string data() {
        if (recipients_.empty()) return "503 Say RCPT TO first";
        connection_.reply("354 Go ahead, end with a line that is only a dot");
        std::cout << "Message from <" << *sender_ << "> to " << recipients_.size()
                  << " recipients:" << std::endl;
        for (std::string line; (line = connection_.read_line()) != ".";) {
            // A line that begins with a dot got one more from the client, so that it cannot
            // be taken for the end (RFC 5321, section 4.5.2).
            if (!line.empty() && line.front() == '.') line.erase(0, 1);
            std::cout << "    " << line << '\n';
        }
        forget_message();
        return "250 Message accepted for delivery";
    }

    std::string reset() {
        forget_message();
        return "250 Forgotten";
    }

    std::string quit() {
        is_over_ = true;
        return "221 Goodbye";
    }

    void forget_message() {
        sender_.reset();
        recipients_.clear();
    }

    Connection& connection_;
    bool has_greeted_ = false;
    bool is_over_ = false;
    std::optional<std::string> sender_;
    std::vector<std::string> recipients_;
};

// Waits for a client and holds one dialogue; closes that connection only.
void serve_next_client(const Socket& listening_socket) {
    Socket socket(::accept(listening_socket.descriptor(), nullptr, nullptr));
    if (socket.descriptor() < 0) fail("accept");
    Connection connection(std::move(socket));
    Session(connection).run();
    std::cout << "Connection closed" << std::endl;
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

    // After QUIT the server closes first, which leaves the connection in TIME_WAIT for a
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
        const int port = port_from(argc, argv);
        const Socket listening_socket = listen_on(port);
        std::cout << "The mail server is ready at port " << port << std::endl;
        for (;;) {
            try {
                serve_next_client(listening_socket);
            } catch (const std::runtime_error& error) {
                // A client that leaves or resets ends this dialogue, not the server.
                std::cout << "Client lost: " << error.what() << std::endl;
            }
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
