// SMTP server, Ahmed Hassan
#include <iostream>
#include <string>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

void reply(int fd, std::string text) {
    text += "\r\n";
    send(fd, text.data(), text.size(), 0);
}

int main() {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr{};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(2525);
    bind(s, (sockaddr*)&addr, sizeof(addr));
    listen(s, 5);
    while (true) {
        int c = accept(s, 0, 0);
        reply(c, "220 hello");
        char buf[1024];
        int n;
        bool data = false;
        while ((n = recv(c, buf, sizeof(buf), 0)) > 0) {
            std::string line(buf, n);
            if (data) {
                if (line == ".\r\n") { data = false; reply(c, "250 ok") }
                continue;
            }
            std::string cmd = line.substr(0, 4);
            if (cmd == "HELO" || cmd == "EHLO") reply(c, "250 hi");
            else if (cmd == "MAIL") reply(c, "250 ok");
            else if (cmd == "RCPT") reply(c, "250 ok");
            else if (cmd == "DATA") { data = true; reply(c, "354 go"); }
            else if (cmd == "QUIT") { reply(c, "221 bye"); break; }
            else reply(c, "500 unknown");
        }
        close(c);
    }
}
