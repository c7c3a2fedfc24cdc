// smtpServer.cpp : a state machine
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <strings.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum State { WAIT_HELO, WAIT_MAIL, WAIT_RCPT, WAIT_DATA, IN_DATA, DONE };

class SmtpMachine {
public:
    std::string greeting() const { return "220 machine ready"; }

    // one line in, one reply out (empty: no reply)
    std::string input(const std::string& line) {
        if (state == IN_DATA) {
            if (line != ".") return "";
            state = WAIT_MAIL;
            return "250 stored";
        }
        if (is(line, "QUIT")) {
            state = DONE;
            return "221 closing";
        }
        if (is(line, "HELO") || is(line, "EHLO")) {
            state = WAIT_MAIL;
            return "250 machine";
        }
        if (is(line, "MAIL FROM:")) return next(WAIT_MAIL, WAIT_RCPT, "250 sender ok");
        if (is(line, "RCPT TO:")) return next(WAIT_RCPT, WAIT_DATA, "250 recipient ok");
        if (is(line, "DATA")) return next(WAIT_DATA, IN_DATA, "354 end with a dot");
        return "500 no such command";
    }
    bool done() const { return state == DONE; }

private:
    State state = WAIT_HELO;

    static bool is(const std::string& line, const char* word) {
        return strncasecmp(line.c_str(), word, strlen(word)) == 0;
    }
    std::string next(State needed, State following, const char* reply) {
        if (state != needed) return "503 bad sequence of commands";
        state = following;
        return reply;
    }
};

static void put(int fd, std::string reply) {
    reply += "\r\n";
    send(fd, reply.c_str(), reply.length(), MSG_NOSIGNAL);
}

static void run(int fd) {
    SmtpMachine machine;
    std::string line;
    char c;
    put(fd, machine.greeting());
    while (!machine.done() && read(fd, &c, 1) == 1) {
        if (c == '\n') {
            std::string reply = machine.input(line);
            if (!reply.empty()) put(fd, reply);
            line.clear();
        } else if (c != '\r') {
            line += c;
        }
    }
}

int main() {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    struct sockaddr_in addr = {};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(2525);
    if (bind(s, (struct sockaddr*)&addr, sizeof(addr)) != 0) {
        perror("bind");
        exit(1);
    }
    listen(s, 5);
    while (1) {
        int fd = accept(s, 0, 0);
        if (fd < 0) continue;
        run(fd);
        close(fd);
    }
}
