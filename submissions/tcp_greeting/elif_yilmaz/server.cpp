// Elif Yılmaz - Bilgisayar Ağları, Ödev 5 (sunucu)
#include <cstring>
#include <iostream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    int dinleyen = socket(AF_INET, SOCK_STREAM, 0);
    int evet = 1;
    setsockopt(dinleyen, SOL_SOCKET, SO_REUSEADDR, &evet, sizeof evet);
    sockaddr_in adres{};
    adres.sin_family = AF_INET;
    adres.sin_addr.s_addr = INADDR_ANY;
    adres.sin_port = htons(12345);
    if (bind(dinleyen, (sockaddr *)&adres, sizeof adres) < 0 || listen(dinleyen, 5) < 0) {
        std::cerr << "bind" << std::endl;
        return 1;
    }
    std::cout << "Server ready" << std::endl;

    while (true) {
        int istemci = accept(dinleyen, nullptr, nullptr);
        const char *mesaj = "Thank you for connecting";
        send(istemci, mesaj, std::strlen(mesaj), MSG_NOSIGNAL);
        // wait until the client has closed its side
        char c;
        while (recv(istemci, &c, 1, 0) > 0) {
        }
        close(istemci);
    }
}
