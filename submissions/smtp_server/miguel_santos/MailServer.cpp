#include <iostream>
#include <string>
#include <vector>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <strings.h>

using std::string;

class MailServer {
    int listener;

public:
    MailServer(int port) {
        listener = socket(AF_INET, SOCK_STREAM, 0);
        int on = 1;
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in a{};
        a.sin_family = AF_INET;
        a.sin_port = htons(port);
        if (bind(listener, (sockaddr *)&a, sizeof a) || listen(listener, 5)) {
            throw std::string("port is in use");
        }
    }

    void forever() {
        for (;;) {
            int c = accept(listener, nullptr, nullptr);
            serve(c);
            close(c);
        }
    }

private:
    string rest;

    bool read(int c, string &line) {
        while (rest.find('\n') == string::npos) {
            char b[256];
            int n = recv(c, b, 256, 0);
            if (n < 1) return false;
            rest.append(b, n);
        }
        line = rest.substr(0, rest.find('\n'));
        rest.erase(0, line.size() + 1);
        if (line.size() && line[line.size() - 1] == '\r') line.resize(line.size() - 1);
        return true;
    }

    void write(int c, string s) {
        s += "\r\n";
        send(c, s.data(), s.size(), MSG_NOSIGNAL);
    }

    static bool is(const string &line, const string &command) {
        return strncasecmp(line.c_str(), command.c_str(), command.size()) == 0;
    }

    void serve(int c) {
        rest = "";
        bool greeted = false;
        string from, line;
        std::vector<string> to;
        write(c, "220 mailserver");
        while (read(c, line)) {
            if (is(line, "HELO") || is(line, "EHLO")) {
                greeted = true;
                write(c, "250 ola");
            }
            if (is(line, "MAIL FROM:")) {
                if (greeted) from = line.substr(10);
                write(c, greeted ? "250 ok" : "503 HELO first");
            }
            if (is(line, "RCPT TO:")) {
                if (!from.empty()) to.push_back(line.substr(8));
                write(c, from.empty() ? "503 MAIL first" : "250 ok");
            }
            if (is(line, "DATA")) {
                if (to.empty()) {
                    write(c, "503 RCPT first");
                    continue;
                }
                write(c, "354 ok");
                while (read(c, line) && line != ".") std::cout << line << std::endl;
                from = "";
                to.clear();
                write(c, "250 ok");
            }
            if (is(line, "QUIT")) {
                write(c, "221 adeus");
                return;
            }
        }
    }
};

int main() {
    try {
        MailServer(2525).forever();
    } catch (string &problem) {
        std::cerr << problem << std::endl;
        return 1;
    }
}
