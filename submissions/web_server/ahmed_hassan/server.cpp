// Web server - Ahmed Hassan - section 02
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

using namespace std;

string getType(const string& name)
{
    if (name.find(".html") != string::npos) return "text/html";
    if (name.find(".png") != string::npos) return "image/png";
    if (name.find(".jpg") != string::npos) return "image/jpeg";
    return "text/plain";
}

string page(const string& status)
{
    string body = "<html><body><h2>" + status + "</h2></body></html>";
    return "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\nContent-Length: "
           + to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

string makeResponse(const string& request)
{
    stringstream ss(request);
    string method, url, version;
    ss >> method >> url >> version;
    if (version.rfind("HTTP/", 0) != 0)
        return page("400 Bad Request");
    if (method != "GET")
        return page("501 Not Implemented");

    ifstream file(url.substr(1), ios::in | ios::binary);
    if (!file)
        return page("404 Not Found");
    stringstream content;
    content << file.rdbuf();
    string body = content.str();
    return "HTTP/1.1 200 OK\r\nContent-Type: " + getType(url) + "\r\nContent-Length: "
           + to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

int main()
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    int t = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &t, sizeof(t));

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(6789);
    if (bind(s, (struct sockaddr*)&addr, sizeof(addr)) < 0) {
        cout << "bind failed" << endl;
        return 1;
    }
    listen(s, 3);
    cout << "Waiting for connections on 6789..." << endl;

    while (true) {
        int c = accept(s, NULL, NULL);
        string request;
        char buf[1024];
        int n;
        while (request.find("\r\n\r\n") == string::npos && (n = recv(c, buf, sizeof(buf), 0)) > 0)
            request += string(buf, n);
        if (request.find("\r\n\r\n") != string::npos) {
            string response = makeResponse(request);
            send(c, response.data(), response.size(), MSG_NOSIGNAL);
        }
        close(c);
    }
    return 0;
}
