/* Miguel Santos - UDP client: ./udpclient port message */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    if (argc != 3 || atoi(argv[1]) == 0) {
        fprintf(stderr, "usage: %s port message\n", argv[0]);
        return 1;
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in me, server;
    memset(&me, 0, sizeof me);
    me.sin_family = AF_INET;
    me.sin_addr.s_addr = INADDR_ANY;
    me.sin_port = htons(atoi(argv[1]));
    if (bind(fd, (struct sockaddr *)&me, sizeof me) == -1) {
        perror("bind");
        return 1;
    }
    memset(&server, 0, sizeof server);
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    server.sin_port = htons(12000);
    sendto(fd, argv[2], strlen(argv[2]), 0, (struct sockaddr *)&server, sizeof server);

    char buf[2049];
    ssize_t n = recvfrom(fd, buf, 2048, 0, NULL, NULL);
    if (n < 0)
        return 1;
    buf[n] = '\0';
    puts(buf);
    close(fd);
    return 0;
}
