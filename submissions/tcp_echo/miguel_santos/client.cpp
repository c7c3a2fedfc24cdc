// Practica 3: cliente TCP
// Miguel Santos
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>
#include <string>

using namespace std;

const int PORT = 12000;

int main() {
    int sock = socket(AF_INET, SOCK_STREAM, 0);

    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(PORT);
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    if (connect(sock, (sockaddr *)&server, sizeof(server)) < 0) {
        cerr << "cannot connect" << endl;
        return 1;
    }

    string message;
    cout << "Input lowercase sentence: ";
    getline(cin, message);
    send(sock, message.c_str(), message.size(), 0);

    char buffer[2048];
    int n = recv(sock, buffer, sizeof(buffer) - 1, 0);
    buffer[n] = '\0';
    cout << "From Server: " << buffer << endl;

    close(sock);
    return 0;
}
