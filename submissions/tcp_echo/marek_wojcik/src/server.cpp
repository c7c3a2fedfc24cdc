// Zadanie 3, serwer TCP
// Marek Wojcik, grupa 2
#include <cstdio>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static const int PORT = 12000;

// small and capital letters are 32 apart in ASCII
static void toUpper(char *text, ssize_t length) {
    for (ssize_t i = 0; i < length; ++i)
        if (text[i] != ' ') text[i] -= 32;
}

int main() {
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    me.sin_port = htons(PORT);
    if (sock < 0 || bind(sock, reinterpret_cast<sockaddr *>(&me), sizeof me) < 0 ||
        listen(sock, SOMAXCONN) < 0) {
        std::perror("server");
        return 1;
    }
    std::puts("Waiting for clients...");

    while (true) {
        int client = accept(sock, nullptr, nullptr);
        if (client < 0) continue;
        char text[4096];
        ssize_t length = recv(client, text, sizeof text, 0);
        if (length > 0) {
            toUpper(text, length);
            send(client, text, length, MSG_NOSIGNAL);
        }
        close(client);
    }
}
