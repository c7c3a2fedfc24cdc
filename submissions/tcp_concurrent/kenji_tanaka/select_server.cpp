#include <algorithm>
#include <cctype>
#include <csignal>
#include <iostream>
#include <set>
#include <string>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

// Reads a message. It takes four bytes at least, so that it can be compared with "quit".
string read_message(int fd)
{
    char buffer[2048];
    size_t have = 0;
    while (have < 4) {
        ssize_t n = recv(fd, buffer + have, sizeof buffer - have, 0);
        if (n <= 0)
            return "quit";
        have += n;
    }
    return string(buffer, have);
}

int main()
{
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_port = htons(50000);
    if (bind(listener, (sockaddr *)&me, sizeof me) < 0 || listen(listener, 10) < 0) {
        perror("server");
        return 1;
    }
    cout << "select server ready" << endl;
    set<int> clients;
    for (;;) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(listener, &ready);
        int top = listener;
        for (int fd : clients) {
            FD_SET(fd, &ready);
            top = max(top, fd);
        }
        select(top + 1, &ready, nullptr, nullptr, nullptr);
        if (FD_ISSET(listener, &ready))
            clients.insert(accept(listener, nullptr, nullptr));
        for (int fd : set<int>(clients)) {
            if (!FD_ISSET(fd, &ready))
                continue;
            string text = read_message(fd);
            if (text == "quit") {
                close(fd);
                clients.erase(fd);
                continue;
            }
            for (char &c : text)
                c = toupper((unsigned char)c);
            send(fd, text.data(), text.size(), 0);
        }
    }
}
