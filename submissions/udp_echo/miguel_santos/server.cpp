// Practica 2: servidor UDP
// Miguel Santos
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <iostream>
#include <string>

using namespace std;

const int PORT = 12000;
const int BUFFER_SIZE = 2048;

int main() {
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0) {
        cerr << "cannot create socket" << endl;
        return 1;
    }

    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = INADDR_ANY;
    server.sin_port = htons(PORT);

    if (bind(sock, (sockaddr *)&server, sizeof(server)) < 0) {
        cerr << "bind failed" << endl;
        return 1;
    }
    cout << "UDP server ready on port " << PORT << endl;

    char buffer[BUFFER_SIZE];
    while (true) {
        sockaddr_in client{};
        socklen_t clientLen = sizeof(client);
        int n = recvfrom(sock, buffer, BUFFER_SIZE, 0, (sockaddr *)&client, &clientLen);
        if (n < 0) continue;

        string message(buffer, n);
        cout << inet_ntoa(client.sin_addr) << ": " << message << endl;

        transform(message.begin(), message.end(), message.begin(),
                  [](unsigned char c) { return toupper(c); });

        // answer the client
        send(sock, message.c_str(), message.size(), 0);
    }

    close(sock);
    return 0;
}
