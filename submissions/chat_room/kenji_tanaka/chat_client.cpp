#include <iostream>
#include <string>
#include <thread>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

int main()
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(9000);
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    if (connect(fd, (sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        return 1;
    }
    thread([fd] {
        char buffer[2048];
        ssize_t n;
        while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0)
            cout << string(buffer, n) << flush;
        _exit(0);
    }).detach();
    string line;
    cout << "Name: " << flush;
    while (getline(cin, line)) {
        line += "\n";
        send(fd, line.data(), line.size(), 0);
        if (line == "/quit\n")
            break;
    }
    close(fd);
    _exit(0);
}
