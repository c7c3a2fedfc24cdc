#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

#define PORT 5005

// Tanaka Kenji, homework 3

int main(int argc, char *argv[])
{
    int s, n;
    char buf[1500];
    struct sockaddr_in me, server;

    if (argc < 3 || atoi(argv[1]) == 0) {
        printf("use: client port message\n");
        return 1;
    }

    s = socket(AF_INET, SOCK_DGRAM, 0);

    memset(&me, 0, sizeof(me));
    me.sin_family = AF_INET;
    me.sin_port = htons(atoi(argv[1]));
    me.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (bind(s, (struct sockaddr *)&me, sizeof(me)) != 0) {
        perror("bind");
        return 1;
    }

    server = me;
    server.sin_port = htons(PORT);
    sendto(s, argv[2], strlen(argv[2]), 0, (struct sockaddr *)&server, sizeof(server));

    n = recv(s, buf, sizeof(buf) - 1, 0);
    buf[n] = 0;
    printf("%s\n", buf);
    close(s);
    return 0;
}
