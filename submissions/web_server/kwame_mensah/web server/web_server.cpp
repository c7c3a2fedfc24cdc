// Simple web server, one request at a time
// Kwame Mensah
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include "http_util.hpp"

constexpr int PORT = 8080;

static std::string handle(const std::string& request)
{
    std::istringstream line(request.substr(0, request.find("\r\n")));
    std::string method, path, version;
    line >> method >> path >> version;
    if (version.compare(0, 5, "HTTP/") != 0 || path.empty() || path[0] != '/')
        return response("400 Bad Request", "text/html", "<h1>Bad Request</h1>");
    if (method != "GET")
        return response("501 Not Implemented", "text/html", "<h1>Only GET, sorry</h1>");
    if (path.back() == '/')
        path += "index.html";

    std::string content;
    // "." in front, so that /x and //x are both looked for below this folder
    if (path.find("..") != std::string::npos || !read_file("." + path, content))
        return response("404 Not Found", "text/html", "<h1>Not Found</h1>");
    return response("200 OK", mime_type(path), content);
}

int main()
{
    std::signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(PORT);
    address.sin_addr.s_addr = INADDR_ANY;
    if (bind(listener, (sockaddr*)&address, sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(listener, 10);
    std::cout << "listening on " << PORT << std::endl;

    while (true) {
        int browser = accept(listener, nullptr, nullptr);
        if (browser < 0)
            continue;
        std::string request;
        char buffer[2048];
        ssize_t n = 0;
        while (request.find("\r\n\r\n") == std::string::npos
               && (n = read(browser, buffer, sizeof buffer)) > 0)
            request.append(buffer, n);
        if (n > 0) {
            std::string answer = handle(request);
            for (size_t sent = 0; sent < answer.size(); sent += n) {
                n = write(browser, answer.data() + sent, answer.size() - sent);
                if (n <= 0)
                    break;
            }
        }
        close(browser);
    }
}
