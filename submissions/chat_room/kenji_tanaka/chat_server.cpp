#include <algorithm>
#include <csignal>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

mutex guard;
map<int, string> members;

void tell(int fd, string text)
{
    text += "\n";
    send(fd, text.data(), text.size(), 0);
}

void tell_others(int me, const string &text)
{
    for (auto &member : members)
        if (member.first != me)
            tell(member.first, text);
}

// One recv() is one line; its end is cut off.
bool read_line(int fd, string &line)
{
    char buffer[2048];
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0)
        return false;
    line.assign(buffer, n);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.pop_back();
    return true;
}

void serve(int fd)
{
    string name, line;
    if (read_line(fd, name)) {
        {
            lock_guard<mutex> lock(guard);
            tell_others(fd, name + " joined");
            members[fd] = name;
            tell(fd, "Welcome, " + name);
        }
        while (read_line(fd, line) && line != "/quit") {
            lock_guard<mutex> lock(guard);
            tell_others(fd, name + ": " + line);
        }
        lock_guard<mutex> lock(guard);
        members.erase(fd);
        tell_others(fd, name + " left");
    }
    close(fd);
}

int main()
{
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_port = htons(9000);
    if (bind(listener, (sockaddr *)&me, sizeof me) < 0 || listen(listener, 10) < 0) {
        perror("server");
        return 1;
    }
    cout << "chat server ready" << endl;
    for (;;)
        thread(serve, accept(listener, nullptr, nullptr)).detach();
}
