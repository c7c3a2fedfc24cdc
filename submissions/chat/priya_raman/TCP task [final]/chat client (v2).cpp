// chat client, TCP task
// Priya Raman
#include <iostream>
#include <string>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace std;

const int PORT = 12345;

int main() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(PORT);
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    if (connect(fd, reinterpret_cast<sockaddr*>(&server), sizeof(server)) != 0) {
        cerr << "no server there" << endl;
        return 1;
    }

    string line;
    cout << "Enter message to send or type Exit to disconnect: " << flush;
    while (getline(cin, line)) {
        if (!line.empty()) {
            send(fd, line.data(), line.size(), 0);
            char buffer[2048];
            ssize_t count = recv(fd, buffer, sizeof(buffer), 0);
            if (count <= 0) break;
            cout << "Received Message from Server: " << string(buffer, count) << endl;
            if (line == "Exit") {
                cout << "Now you are disconnected from the server" << endl;
                break;
            }
        }
        cout << "Enter message to send or type Exit to disconnect: " << flush;
    }
    close(fd);
    return 0;
}
