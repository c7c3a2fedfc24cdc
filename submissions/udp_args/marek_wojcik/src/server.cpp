// Zadanie 3, serwer UDP
// Marek Wojcik, grupa 2
#include <arpa/inet.h>
#include <cctype>
#include <cstdio>
#include <netinet/in.h>
#include <sys/socket.h>

static const int PORT = 12000;

static void toUpper(char *text, ssize_t length) {
    for (ssize_t i = 0; i < length; ++i)
        text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
}

int main() {
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    me.sin_port = htons(PORT);
    if (sock < 0 || bind(sock, reinterpret_cast<sockaddr *>(&me), sizeof me) < 0) {
        std::perror("server");
        return 1;
    }
    std::puts("The server is ready to receive");

    char text[4096];
    for (;;) {
        sockaddr_in client{};
        socklen_t size = sizeof client;
        ssize_t length = recvfrom(sock, text, sizeof text, 0,
                                  reinterpret_cast<sockaddr *>(&client), &size);
        if (length < 0) continue;
        std::printf("This message:  %.*s\n", static_cast<int>(length), text);
        std::printf("is received from: ('%s', %d)\n", inet_ntoa(client.sin_addr), client.sin_port);
        toUpper(text, length);
        sendto(sock, text, length, 0, reinterpret_cast<sockaddr *>(&client), size);
    }
}
