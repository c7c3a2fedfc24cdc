// Zadanie 2, serwer UDP
// Marek Wojcik, grupa 2
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
    std::puts("Waiting for a client...");

    // the first message tells who the client is
    char text[4096];
    sockaddr_in client{};
    socklen_t size = sizeof client;
    ssize_t length = recvfrom(sock, text, sizeof text, 0,
                              reinterpret_cast<sockaddr *>(&client), &size);
    std::puts("Client found");

    while (length >= 0) {
        toUpper(text, length);
        sendto(sock, text, length, 0, reinterpret_cast<sockaddr *>(&client), size);
        length = recv(sock, text, sizeof text, 0);
    }
    return 0;
}
