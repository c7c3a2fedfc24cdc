// Tunde Bakare, web server
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <cstdio>
#include <cstring>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace std;

int main()
{
    int port;
    cout << "Enter the port number: ";
    cin >> port;

    int sock = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in addr = {};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    addr.sin_addr.s_addr = INADDR_ANY;
    if (bind(sock, (sockaddr *)&addr, sizeof addr) < 0) {
        cout << "port " << port << " is taken" << endl;
        return 1;
    }
    cout << "Server is running..." << endl;

    while (true) {
        int client = accept(sock, nullptr, nullptr);
        if (client < 0) {
            perror("accept");
            return 1;
        }
        char request[4096] = "";
        recv(client, request, sizeof request - 1, 0);
        char method[16] = "", path[1024] = "";
        sscanf(request, "%15s %1023s", method, path);
        string name = string("www") + path;
        ifstream file(name, ios::binary);
        string body, status = "200 OK";
        if (file && name.find("..") == string::npos)
            body.assign(istreambuf_iterator<char>(file), istreambuf_iterator<char>());
        else
            status = "404 Not Found";
        string type = name.find(".png") != string::npos ? "image/png" : "text/html";
        string answer = "HTTP/1.1 " + status + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + to_string(body.size()) + "\r\n\r\n" + body;
        send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
        close(client);
    }
}
