#include <cstring>
#include <iostream>
#include <string>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

// CS301 Computer Networks, assignment 3
// Arjun Mehta (B20CS014)

std::string askServer(const std::string &sentence) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr;
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = inet_addr("127.0.0.1");
    addr.sin_port = htons(12000);
    if (connect(fd, (sockaddr *)&addr, sizeof(addr)) != 0) return "(no server)";
    send(fd, sentence.c_str(), sentence.size(), 0);

    char text[1025];
    int n = recv(fd, text, 1024, 0);
    close(fd);
    return std::string(text, n > 0 ? n : 0);
}

int main() {
    std::string again = "y";
    while (again == "y") {
        std::string sentence;
        std::cout << "Input lowercase sentence: ";
        std::getline(std::cin, sentence);
        std::cout << "FROM SERVER: " << askServer(sentence) << std::endl;

        do {
            std::cout << "Another one? (y/n) ";
            again = "";
            std::getline(std::cin, again);
        } while (again != "y" && again != "n");
    }
}
