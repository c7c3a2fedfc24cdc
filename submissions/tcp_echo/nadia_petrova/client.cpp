// Nadia Petrova: ./client <address> -p <port>
#include <arpa/inet.h>
#include <cstdlib>
#include <iostream>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int port = 0;
    for (int option; (option = getopt(argc, argv, "p:")) != -1;)
        if (option == 'p')
            port = std::atoi(optarg);
    if (port == 0 || optind >= argc) {
        std::cerr << "usage: " << argv[0] << " <address> -p <port>" << std::endl;
        return 2;
    }

    int connection = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(port);
    inet_pton(AF_INET, argv[optind], &server.sin_addr);
    if (connect(connection, reinterpret_cast<sockaddr *>(&server), sizeof server) < 0) {
        perror("connect");
        return 1;
    }
    std::string sentence;
    std::cout << "Input lowercase sentence: " << std::flush;
    std::getline(std::cin, sentence);
    send(connection, sentence.data(), sentence.size(), 0);
    char reply[2048];
    ssize_t n = recv(connection, reply, sizeof reply, 0);
    std::cout << "From Server: " << std::string(reply, n > 0 ? n : 0) << std::endl;
    close(connection);
}
