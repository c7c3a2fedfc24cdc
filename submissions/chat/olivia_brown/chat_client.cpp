/* Olivia Brown
   TCP Task: chat client */

#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main()
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in there;
    std::memset(&there, 0, sizeof there);
    there.sin_family = AF_INET;
    there.sin_port = htons(1060);
    there.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(s, (sockaddr*)&there, sizeof there) == -1) {
        std::perror("connect");
        return 1;
    }

    std::string line;
    do {
        std::cout << "Enter message to send or type Exit to disconnect: ";
        if (!std::getline(std::cin, line))
            break;
        send(s, line.c_str(), line.length(), 0);
        char reply[2000];
        ssize_t n = recv(s, reply, sizeof reply - 1, 0);
        if (n <= 0)
            break;
        reply[n] = 0;
        std::cout << "Received Message from Server: " << reply << "\n";
    } while (line != "Exit");

    std::cout << "Now you are disconnected from the server\n";
    close(s);
}
