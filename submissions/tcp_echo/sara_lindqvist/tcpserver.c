/* tcpserver.c - Sara Lindqvist, datakom lab 2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORT     12000
#define MAXLINE  2048

int main() {
    int listenfd, connfd;
    int n, i;
    char buffer[MAXLINE];
    struct sockaddr_in servaddr;

    /* create the socket */
    if ((listenfd = socket(AF_INET, SOCK_STREAM, 0)) < 0) {
        perror("socket creation failed");
        exit(EXIT_FAILURE);
    }

    memset(&servaddr, 0, sizeof(servaddr));
    servaddr.sin_family = AF_INET;
    servaddr.sin_addr.s_addr = INADDR_ANY;
    servaddr.sin_port = htons(PORT);

    if (bind(listenfd, (const struct sockaddr *)&servaddr, sizeof(servaddr)) < 0) {
        perror("bind failed");
        exit(EXIT_FAILURE);
    }
    listen(listenfd, 5);
    printf("server up\n");

    while (1) {
        connfd = accept(listenfd, NULL, NULL);

        memset(buffer, 0, sizeof(buffer));
        n = recv(connfd, buffer, sizeof(buffer), 0);
        if (n > 0) {
            for (i = 0; i < n; i++) {
                buffer[i] = toupper(buffer[i]);
            }
            send(connfd, buffer, sizeof(buffer), 0);
        }
        close(connfd);
    }
    return 0;
}
