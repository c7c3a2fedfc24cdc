// Practica 2: cliente UDP
// Miguel Santos
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>
#include <string>

using namespace std;

const int PORT = 12000;

int main() {
    int sock = socket(AF_INET, SOCK_DGRAM, 0);

    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(PORT);
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);

    string message;
    cout << "Input lowercase sentence: ";
    getline(cin, message);

    sendto(sock, message.c_str(), message.size(), 0, (sockaddr *)&server, sizeof(server));

    char buffer[2048];
    int n = recvfrom(sock, buffer, sizeof(buffer) - 1, 0, nullptr, nullptr);
    buffer[n] = '\0';
    cout << "From Server: " << buffer << endl;

    close(sock);
    return 0;
}
