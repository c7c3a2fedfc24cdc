#include <algorithm>
#include <csignal>
#include <iostream>
#include <string>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

int main()
{
    signal(SIGPIPE, SIG_IGN);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in me{};
    me.sin_family = AF_INET;
    me.sin_port = htons(50000);
    if (bind(fd, (sockaddr *)&me, sizeof me) < 0 || listen(fd, 10) < 0) {
        perror("server");
        return 1;
    }
    cout << "Ready." << endl;
    for (;;) {
        int client = accept(fd, nullptr, nullptr);
        cout << "Hello, client " << client << endl;
        char buffer[1500];
        ssize_t n;
        while ((n = recv(client, buffer, sizeof buffer, 0)) > 0) {
            string text(buffer, n);
            if (text.find("quit") != string::npos)
                break;
            transform(text.begin(), text.end(), text.begin(), ::toupper);
            send(client, text.data(), text.size(), 0);
        }
        close(client);
        cout << "Goodbye, client" << endl;
    }
}
