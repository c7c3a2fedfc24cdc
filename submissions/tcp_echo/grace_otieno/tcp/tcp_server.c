/**
 * ICS 2403 lab 3: TCP server
 * Grace Otieno
 *
 * Compile: gcc tcp_server.c -o tcp_server
 *
 * select() tells whether a new client comes or the client has sent something,
 * so that the server never waits in the wrong place.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/select.h>
#include <sys/socket.h>

#define PORT 12000

static int start_server(int port)
{
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(port) };

    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, (struct sockaddr *)&server, sizeof(server)) != 0 || listen(fd, 5) != 0) {
        perror("server");
        exit(EXIT_FAILURE);
    }
    return fd;
}

static void answer(int client)
{
    char message[2048];
    int n = recv(client, message, sizeof(message), 0);

    for (int i = 0; i < n; i++) {
        message[i] = toupper((unsigned char)message[i]);
    }
    if (n > 0) {
        send(client, message, n, MSG_NOSIGNAL);
    }
    close(client);
}

int main(int argc, char *argv[])
{
    int port = argc > 1 ? atoi(argv[1]) : PORT;
    int server = start_server(port);
    int client = -1;

    printf("TCP server on port %d\n", port);
    for (;;) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(server, &ready);
        if (client >= 0) {
            FD_SET(client, &ready);
        }
        if (select((client > server ? client : server) + 1, &ready, NULL, NULL, NULL) < 0) {
            perror("select");
            return EXIT_FAILURE;
        }
        if (FD_ISSET(server, &ready)) {
            client = accept(server, NULL, NULL);
        } else {
            answer(client);
            client = -1;
        }
    }
}
