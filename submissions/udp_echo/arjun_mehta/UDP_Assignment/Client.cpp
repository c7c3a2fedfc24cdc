#include <cstring>
#include <iostream>
#include <string>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

// CS301 Computer Networks, assignment 2
// Arjun Mehta (B20CS014)

int main() {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in addr;
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = inet_addr("127.0.0.1");
    addr.sin_port = htons(12000);

    std::string sentence;
    std::cout << "Input lowercase sentence: ";
    std::getline(std::cin, sentence);
    sendto(fd, sentence.c_str(), sentence.size(), 0, (sockaddr *)&addr, sizeof(addr));

    char text[2048];
    int n = recvfrom(fd, text, sizeof(text), 0, NULL, NULL);
    std::cout << "FROM SERVER: " << std::string(text, n) << std::endl;
    close(fd);
}
