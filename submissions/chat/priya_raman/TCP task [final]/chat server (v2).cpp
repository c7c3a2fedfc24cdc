// chat server, TCP task
// Priya Raman
#include <iostream>
#include <string>
#include <cstring>
#include <csignal>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace std;

// 1060 was taken on the lab machine
const int PORT = 12345;

// writes an address the way Python does
string show(const sockaddr_in& a) {
    return string("('") + inet_ntoa(a.sin_addr) + "', " + to_string(ntohs(a.sin_port)) + ")";
}

class ChatSession {
public:
    explicit ChatSession(int fd) : fd(fd) {}
    ~ChatSession() { close(fd); }

    void run() {
        char buffer[2048];
        while (true) {
            ssize_t count = recv(fd, buffer, sizeof(buffer), 0);
            if (count <= 0) return;               // gone
            string message(buffer, count);
            cout << "Received Message from Client: " << message << endl;
            if (message == "Exit") {
                reply("Disconnect");
                return;
            }
            reply("Your data was " + to_string(message.size()) + " bytes");
        }
    }

private:
    void reply(const string& text) { send(fd, text.data(), text.size(), 0); }
    int fd;
};

int main() {
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));

    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_addr.s_addr = INADDR_ANY;
    me.sin_port = htons(PORT);
    if (bind(listener, reinterpret_cast<sockaddr*>(&me), sizeof(me)) != 0) {
        cerr << "bind: " << strerror(errno) << endl;
        return 1;
    }
    listen(listener, 3);

    while (true) {
        cout << "Listening at " << show(me) << endl;
        sockaddr_in peer{};
        socklen_t size = sizeof(peer);
        int fd = accept(listener, reinterpret_cast<sockaddr*>(&peer), &size);
        if (fd < 0) continue;
        cout << "The server now is connected to: " << show(peer) << endl;
        sockaddr_in own{};
        size = sizeof(own);
        getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size);
        cout << "Socket connects between " << show(own) << " and " << show(peer) << endl;
        {
            ChatSession session(fd);
            session.run();
        }
        cout << "Reply sent, Server socket closed" << endl;
    }
}
