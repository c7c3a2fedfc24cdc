// Web server: one HTTP request at a time, files from the directory it is started in.
//
//     g++ -std=c++17 -Wall -Wextra -o server server.cpp
//     ./server [port]          then open http://localhost:6789/ in a browser
//
// Methods GET and HEAD. Every response says how long it is and that the connection will be
// closed after it. Whatever cannot be served is answered with an error page:
//
//     400  the request line cannot be understood     408  the request did not come in time
//     403  a file we may not read                    431  header lines without end
//     404  no such file in our directory             505  not HTTP/1.x
//     405  another method

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;  // unlike the wall clock, never set back or forward
using std::chrono::milliseconds;

constexpr int server_port = 6789;
constexpr int waiting_clients = 16;
constexpr std::size_t max_head = 16 * 1024;  // bytes of request line and header lines
constexpr std::chrono::seconds client_timeout{10};  // one that stalls makes the others wait

const std::string html = "text/html; charset=utf-8";

const std::map<int, std::string> reason_phrases = {
    {200, "OK"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {431, "Request Header Fields Too Large"},
    {505, "HTTP Version Not Supported"},
};

const std::map<std::string, std::string> content_types = {
    {".html", html},
    {".htm", html},
    {".txt", "text/plain; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".svg", "image/svg+xml"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".pdf", "application/pdf"},
};

// Thrown when the request is answered with this error status instead of a file.
struct RequestError {
    int status;
};

struct Response {
    int status;
    std::string content_type;
    std::string body;
};

// ---- sockets -----------------------------------------------------------------------------

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

    // Waits until there is something to receive (POLLIN), or room to send (POLLOUT).
    // False when the deadline has passed.
    bool wait_for(short event, Clock::time_point deadline) const {
        for (;;) {
            const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
            pollfd socket{descriptor_, event, 0};
            const int ready = ::poll(&socket, 1, static_cast<int>(std::max(left.count(), {})));
            if (ready >= 0) return ready > 0;
            if (errno != EINTR) fail("poll");
        }
    }

    // Receives once. An empty string means that the client has closed its side.
    std::string receive(std::size_t limit) const {
        std::string bytes(limit, '\0');
        const ssize_t length = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (length < 0) fail("recv");
        bytes.resize(static_cast<std::size_t>(length));
        return bytes;
    }

    // Sends everything: send() may take only part of it. A client that stops reading must not
    // hold the others up, so send() never waits here (MSG_DONTWAIT), we do, up to a limit.
    void send_all(std::string_view bytes) const {
        const auto deadline = Clock::now() + client_timeout;
        while (!bytes.empty()) {
            if (!wait_for(POLLOUT, deadline))
                throw std::system_error(ETIMEDOUT, std::generic_category(), "send");
            const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
            if (sent < 0) fail("send");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // Ends the response, then drops what the client still has to say (a POST's body).
    // Closing a socket with unread bytes sends a reset, which may destroy the response
    // before the client has read it. The wait is short, and limited.
    void finish() const {
        ::shutdown(descriptor_, SHUT_WR);
        for (int i = 0; i < 16; i++) {
            if (!wait_for(POLLIN, Clock::now() + milliseconds(200))) return;
            if (receive(64 * 1024).empty()) return;
        }
    }

private:
    int descriptor_;
};

// Opens a TCP socket listening on the port on every address of this machine.
Socket listen_on(int port) {
    Socket listening_socket(::socket(AF_INET, SOCK_STREAM, 0));
    const int descriptor = listening_socket.descriptor();
    if (descriptor < 0) fail("socket");

    // The server closes first, so its connections stay in TIME_WAIT for a minute. Without
    // SO_REUSEADDR a restarted server could not bind its port till then.
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

// Waits for the next client.
Socket accept_client(const Socket& listening_socket) {
    Socket connection(::accept(listening_socket.descriptor(), nullptr, nullptr));
    if (connection.descriptor() < 0) fail("accept");
    return connection;
}

// ---- reading the request -----------------------------------------------------------------

bool has_blank_line(const std::string& head) {
    return head.find("\n\r\n") != std::string::npos || head.find("\n\n") != std::string::npos;
}

// Returns the request up to its blank line; an empty string if the client said nothing.
// TCP is a stream: the request may arrive in any number of pieces, so keep on receiving
// until the blank line is there. The deadline is for all of them together.
std::string read_head(const Socket& connection) {
    const auto deadline = Clock::now() + client_timeout;
    std::string head;
    while (!has_blank_line(head)) {
        if (head.size() > max_head) throw RequestError{431};
        if (!connection.wait_for(POLLIN, deadline)) {
            if (head.empty()) return {};
            throw RequestError{408};
        }
        const std::string piece = connection.receive(4096);
        if (piece.empty()) {
            if (head.empty()) return {};
            throw RequestError{400};
        }
        head += piece;
    }
    return head;
}

// Returns the first line; an empty line before it is forgiven, as the RFC asks.
std::string request_line_of(const std::string& head) {
    const auto begin = std::min(head.find_first_not_of("\r\n"), head.size());
    std::string line = head.substr(begin, head.find('\n', begin) - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

// Splits at every separator: "a//b" gives "a", "", "b".
std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char byte : text) {
        if (byte == separator)
            parts.emplace_back();
        else
            parts.back() += byte;
    }
    return parts;
}

bool is_word(const std::string& text) {
    return !text.empty() && text.find_first_of("\t\v\f\r") == std::string::npos;
}

bool is_http_version(const std::string& text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    return text.size() == 8 && text.compare(0, 5, "HTTP/") == 0 && digit(5) && text[6] == '.' &&
           digit(7);
}

// Splits `GET /index.html HTTP/1.1` into method and target.
std::pair<std::string, std::string> parse_request_line(const std::string& line) {
    const auto words = split(line, ' ');
    if (words.size() != 3 || !is_word(words[0]) || !is_word(words[1]) || !is_http_version(words[2]))
        throw RequestError{400};
    if (words[2][5] != '1') throw RequestError{505};
    if (words[0] != "GET" && words[0] != "HEAD") throw RequestError{405};
    return {words[0], words[1]};
}

// ---- finding the file --------------------------------------------------------------------

// Turns %41 into A. A zero byte is refused: it would end the name of the file early.
std::string decode_escapes(const std::string& text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); i++) {
        char byte = text[i];
        if (byte == '%') {
            const std::string digits = text.substr(i + 1, 2);
            if (digits.size() < 2 || !std::isxdigit(static_cast<unsigned char>(digits[0])) ||
                !std::isxdigit(static_cast<unsigned char>(digits[1])))
                throw RequestError{400};
            byte = static_cast<char>(std::stoi(digits, nullptr, 16));
            i += 2;
        }
        if (byte == '\0') throw RequestError{400};
        decoded += byte;
    }
    return decoded;
}

// Compared name by name: as texts, /site-secret would begin with /site.
bool is_inside(const fs::path& name, const fs::path& directory) {
    return std::mismatch(directory.begin(), directory.end(), name.begin(), name.end()).first ==
           directory.end();
}

// Returns the file that the target stands for, certainly in our directory.
fs::path find_file(const std::string& target, const fs::path& document_root) {
    // A query string names no file. Decode first, check afterwards: %2e%2e is `..`.
    std::string path = target.substr(0, target.find('?'));
    if (path.empty() || path[0] != '/') throw RequestError{400};
    path = decode_escapes(path);
    if (path.back() == '/') path += "index.html";

    // Browsers take `..` out before they ask: one that arrives here is up to no good.
    const auto segments = split(path, '/');
    if (std::count(segments.begin(), segments.end(), "..") > 0) throw RequestError{404};

    // canonical follows symbolic links, so a link that leads outside is noticed too.
    // 404 rather than 403: not even whether a file outside exists is anyone's business.
    std::error_code error;
    const fs::path name = fs::canonical(document_root.string() + path, error);
    if (error || !is_inside(name, document_root) || !fs::is_regular_file(name, error))
        throw RequestError{404};
    return name;
}

// Returns the bytes of the file: binary, or an image could be damaged on some systems.
std::string read_file(const fs::path& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) throw RequestError{403};
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Returns the media type; a browser guesses nothing from the name, it believes us.
std::string content_type_of(const fs::path& name) {
    std::string extension = name.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
    const auto found = content_types.find(extension);
    return found != content_types.end() ? found->second : "application/octet-stream";
}

// ---- the response ------------------------------------------------------------------------

// A small HTML page; it quotes nothing of what the client sent.
Response error_response(int status) {
    const std::string title = std::to_string(status) + " " + reason_phrases.at(status);
    return {status, html,
            "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n<body><h1>" + title +
                "</h1></body></html>\n"};
}

// Status line and header lines, the blank line included.
std::string head_of(const Response& response) {
    char date[64];
    const std::time_t now = std::time(nullptr);
    std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&now));

    std::ostringstream head;
    head << "HTTP/1.1 " << response.status << ' ' << reason_phrases.at(response.status) << "\r\n"
         << "Date: " << date << "\r\n"
         << "Content-Type: " << response.content_type << "\r\n"
         << "Content-Length: " << response.body.size() << "\r\n"
         << "Connection: close\r\n";
    if (response.status == 405) head << "Allow: GET, HEAD\r\n";
    head << "\r\n";
    return head.str();
}

// Logs one request. Control characters must not paint on our terminal.
void log_request(std::string line, int status) {
    std::replace_if(
        line.begin(), line.end(), [](unsigned char byte) { return !std::isprint(byte); }, '?');
    std::cout << '\'' << line << "' -> " << status << ' ' << reason_phrases.at(status) << std::endl;
}

// ---- putting it together -----------------------------------------------------------------

// Answers the one request of this connection.
void serve_client(const Socket& connection, const fs::path& document_root) {
    std::string line, method;
    Response response;
    try {
        const std::string head = read_head(connection);
        if (head.empty()) return;  // browsers open connections ahead and may never use them
        line = request_line_of(head);
        std::string target;
        std::tie(method, target) = parse_request_line(line);
        const fs::path name = find_file(target, document_root);
        response = {200, content_type_of(name), read_file(name)};
    } catch (const RequestError& error) {
        response = error_response(error.status);
    }

    log_request(line, response.status);
    connection.send_all(head_of(response));
    if (method != "HEAD") connection.send_all(response.body);  // HEAD: the same, but no body
    connection.finish();
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

}  // namespace

int main(int argc, char** argv) {
    // Sending to a client that has gone raises SIGPIPE, which would end the program.
    // Ignored, it becomes an error that send() returns.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        const fs::path document_root = fs::canonical(".");
        const int port = port_from(argc, argv);
        const Socket listening_socket = listen_on(port);
        std::cout << "The web server is ready at http://localhost:" << port << '/' << std::endl;
        for (;;) {
            try {
                serve_client(accept_client(listening_socket), document_root);
            } catch (const std::system_error& error) {
                // A client that resets, or stops reading, ends its own request only.
                std::cout << "Client lost: " << error.what() << std::endl;
            }
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
