// Elif Yılmaz - Bilgisayar Ağları, Ödev 5 (istemci)
#include <arpa/inet.h>
#include <iostream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    int soket = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in adres{};
    adres.sin_family = AF_INET;
    adres.sin_addr.s_addr = inet_addr("127.0.0.1");
    adres.sin_port = htons(12345);
    if (connect(soket, (sockaddr *)&adres, sizeof adres) < 0) {
        std::cerr << "connect" << std::endl;
        return 1;
    }
    char tampon[1024];
    ssize_t n = recv(soket, tampon, sizeof tampon - 1, 0);
    tampon[n < 0 ? 0 : n] = '\0';
    std::cout << tampon << std::endl;
    close(soket);
    return 0;
}
