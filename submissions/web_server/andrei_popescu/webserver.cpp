#include <iostream>
#include <fstream>
#include <sstream>
#include <cstring>
#include <cstdlib>
#include <unistd.h>
#include <limits.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

class WebServer {
    int listen_fd;
    std::string root;

public:
    WebServer(int port) {
        char here[PATH_MAX];
        root = std::string(getcwd(here, sizeof(here))) + "/";
        listen_fd = socket(AF_INET, SOCK_STREAM, 0);
        int on = 1;
        setsockopt(listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
        sockaddr_in a;
        std::memset(&a, 0, sizeof(a));
        a.sin_family = AF_INET;
        a.sin_port = htons(port);
        a.sin_addr.s_addr = INADDR_ANY;
        if (bind(listen_fd, (sockaddr *)&a, sizeof(a)) < 0) {
            std::perror("bind");
            std::exit(1);
        }
        listen(listen_fd, 5);
    }

    void run() {
        for (;;) {
            int fd = accept(listen_fd, NULL, NULL);
            std::string req = receive(fd);
            if (!req.empty())
                sendAll(fd, answer(req));
            close(fd);
        }
    }

private:
    std::string receive(int fd) {
        std::string req;
        char c[512];
        while (req.find("\r\n\r\n") == std::string::npos) {
            int n = recv(fd, c, sizeof(c), 0);
            if (n <= 0)
                return "";
            req.append(c, n);
        }
        return req;
    }

    std::string answer(const std::string &req) {
        std::istringstream in(req);
        std::string method, path;
        in >> method >> path;
        if (path.empty() || path[0] != '/')
            return build("400 Bad Request", "<h1>Bad Request</h1>");
        if (method != "GET")
            return build("501 Not Implemented", "<h1>Not Implemented</h1>");
        char real[PATH_MAX];
        struct stat st;
        if (!realpath((root + path.substr(1)).c_str(), real) || strncmp(real, root.c_str(), root.size()) != 0
            || stat(real, &st) != 0 || !S_ISREG(st.st_mode))
            return build("404 Not Found", "<h1>Not Found</h1>");
        std::ifstream f(real, std::ios::binary);
        std::ostringstream body;
        body << f.rdbuf();
        return build("200 OK", body.str());
    }

    std::string build(const std::string &status, const std::string &body) {
        std::ostringstream out;
        out << "HTTP/1.1 " << status << "\r\n"
            << "Content-Type: text/html\r\n"
            << "Content-Length: " << body.length() << "\r\n"
            << "Connection: close\r\n\r\n"
            << body;
        return out.str();
    }

    void sendAll(int fd, const std::string &data) {
        size_t done = 0;
        while (done < data.size()) {
            ssize_t n = send(fd, data.data() + done, data.size() - done, MSG_NOSIGNAL);
            if (n <= 0)
                return;
            done += n;
        }
    }
};

int main() {
    WebServer server(6789);
    std::cout << "Server is ready" << std::endl;
    server.run();
}
