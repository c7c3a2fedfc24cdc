/* Olivia Brown
   TCP Task: chat server
   The machine used for testing: my laptop (Debian 12, g++ 12.2) */

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

static const int port = 1060;

static void print_address(const char* before, const sockaddr_in& a)
{
    std::printf("%s('%s', %d)", before, inet_ntoa(a.sin_addr), ntohs(a.sin_port));
}

// sends a C string
static bool send_string(int s, const char* text)
{
    size_t length = std::strlen(text) + 1;
    return send(s, text, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static void talk(int s)
{
    char message[2000];
    char reply[80];

    for (;;) {
        ssize_t n = recv(s, message, sizeof message - 1, 0);
        if (n <= 0)
            return;
        message[n] = 0;
        std::printf("Received Message from Client: %s\n", message);
        if (!std::strcmp(message, "Exit")) {
            send_string(s, "Disconnect");
            return;
        }
        std::snprintf(reply, sizeof reply, "Your data was %d bytes", (int)n);
        if (!send_string(s, reply))
            return;
    }
}

int main()
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);

    sockaddr_in here;
    std::memset(&here, 0, sizeof here);
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    here.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(server, (sockaddr*)&here, sizeof here) == -1) {
        std::perror("bind");
        std::exit(1);
    }
    listen(server, 10);

    while (true) {
        print_address("Listening at ", here);
        std::printf("\n");
        sockaddr_in there;
        socklen_t len = sizeof there;
        int s = accept(server, (sockaddr*)&there, &len);
        if (s == -1) {
            std::perror("accept");
            continue;
        }
        print_address("The server now is connected to: ", there);
        std::printf("\n");
        print_address("Socket connects between ", here);
        print_address(" and ", there);
        std::printf("\n");
        talk(s);
        close(s);
        std::printf("Reply sent, Server socket closed\n");
    }
}
