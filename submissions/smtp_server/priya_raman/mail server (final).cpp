// Priya Raman -- SMTP
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <cstring>
#include <iostream>
#include <map>
#include <string>

using namespace std;

struct Client {
    int fd;
    string rest;
    bool hello = false, mail = false, rcpt = false;
};

bool getLine(Client& c, string& line) {
    size_t end;
    while ((end = c.rest.find("\r\n")) == string::npos) {
        char buf[512];
        int n = recv(c.fd, buf, sizeof(buf), 0);
        if (n <= 0) return false;
        c.rest += string(buf, n);
    }
    line = c.rest.substr(0, end);
    c.rest = c.rest.substr(end + 2);
    return true;
}

void put(Client& c, const string& s) {
    string line = s + "\r\n";
    send(c.fd, line.c_str(), line.size(), MSG_NOSIGNAL);
}

string verbOf(const string& line) {
    string v = line.substr(0, 4);
    transform(v.begin(), v.end(), v.begin(), ::toupper);
    return v;
}

void handle(Client& c) {
    put(c, "220 ready");
    string line;
    while (getLine(c, line)) {
        string v = verbOf(line);
        if (v == "HELO" || v == "EHLO") {
            c.hello = true;
            put(c, "250 hi");
        } else if (v == "MAIL") {
            if (!c.hello) { put(c, "503 say HELO"); continue; }
            c.mail = true;
            put(c, "250 ok");
        } else if (v == "RCPT") {
            if (!c.mail) { put(c, "503 say MAIL"); continue; }
            c.rcpt = true;
            put(c, "250 ok");
        } else if (v == "DATA") {
            if (!c.rcpt) { put(c, "554 no valid recipients"); continue; }
            put(c, "354 go");
            string body;
            while (getLine(c, line) && line != ".") body += line + "\n";
            cout << body << endl;
            c.mail = c.rcpt = false;
            put(c, "250 ok");
        } else if (v == "QUIT") {
            put(c, "221 bye");
            return;
        } else {
            put(c, "502 not implemented");
        }
    }
}

int main() {
    int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    sockaddr_in a;
    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_port = htons(2525);
    bind(s, (sockaddr*)&a, sizeof(a));
    listen(s, 3);
    cout << "listening" << endl;
    while (true) {
        Client c;
        c.fd = accept(s, NULL, NULL);
        if (c.fd < 0) continue;
        handle(c);
        close(c.fd);
    }
}
