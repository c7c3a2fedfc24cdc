#include <iostream>
#include <string>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

int main()
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(50000);
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    if (connect(fd, (sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        return 1;
    }
    string name, line;
    cout << "Enter your name: " << flush;
    getline(cin, name);
    while (cout << name << "> " << flush, getline(cin, line)) {
        send(fd, line.data(), line.size(), 0);
        if (line == "quit")
            break;
        char reply[1500];
        ssize_t n = recv(fd, reply, sizeof reply, 0);
        if (n <= 0)
            break;
        cout << string(reply, n) << endl;
    }
    close(fd);
}
