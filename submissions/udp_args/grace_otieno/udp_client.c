/* Grace Otieno, P15/1234 : client */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPLY 20

int main(int argc, char **argv)
{
    char reply[REPLY + 1];
    char *end;
    struct sockaddr_in own, server;
    long port;
    ssize_t n;
    int s;

    if (argc != 3) {
        fprintf(stderr, "usage: %s port message\n", argv[0]);
        return 2;
    }
    port = strtol(argv[1], &end, 10);
    if (*end || port <= 0 || port > 65535) {
        fprintf(stderr, "%s: not a port\n", argv[1]);
        return 2;
    }

    s = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&own, 0, sizeof(own));
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_ANY);
    own.sin_port = htons(port);
    if (s < 0 || bind(s, (struct sockaddr *)&own, sizeof(own)) < 0) {
        perror("client");
        return 1;
    }

    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    server.sin_port = htons(12000);
    sendto(s, argv[2], strlen(argv[2]), 0, (struct sockaddr *)&server, sizeof(server));

    n = recv(s, reply, REPLY, 0);
    if (n < 0) {
        perror("client");
        return 1;
    }
    reply[n] = 0;
    printf("From Server: %s\n", reply);
    close(s);
    return 0;
}
