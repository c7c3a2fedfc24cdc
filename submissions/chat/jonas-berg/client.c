/*
 * client.c - chat client
 * Jonas Berg
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include "net.h"

int main(void)
{
    char line[MAXMSG], reply[MAXMSG + 1];
    struct sockaddr_in server;
    int sock = socket(AF_INET, SOCK_STREAM, 0);

    local_address(&server);
    if (connect(sock, (struct sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        return EXIT_FAILURE;
    }

    for (;;) {
        printf("Enter message to send or type Exit to disconnect: ");
        fflush(stdout);
        if (fgets(line, sizeof line, stdin) == NULL)
            break;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\0')
            continue;
        if (send_all(sock, line, strlen(line)) < 0) {
            perror("send");
            break;
        }
        ssize_t n = recv(sock, reply, MAXMSG, 0);
        if (n <= 0)
            break;
        reply[n] = '\0';
        printf("Received Message from Server: %s\n", reply);
        if (strcmp(line, "Exit") == 0) {
            printf("Now you are disconnected from the server\n");
            break;
        }
    }
    close(sock);
    return EXIT_SUCCESS;
}
