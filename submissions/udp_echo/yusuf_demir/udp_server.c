/* Yusuf Demir - usage: ./udp_server PORT */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    /* no check: I always start it from the Makefile's "make run" */
    int port = atoi(argv[1]);
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in me = {0}, you;

    me.sin_family = AF_INET;
    me.sin_port = htons(port);
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(sock, (struct sockaddr *)&me, sizeof(me)) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        char buffer[2048];
        socklen_t size = sizeof(you);
        ssize_t n = recvfrom(sock, buffer, sizeof(buffer), 0, (struct sockaddr *)&you, &size);
        if (n < 0)
            continue;
        for (ssize_t i = 0; i < n; i++)
            buffer[i] = toupper((unsigned char)buffer[i]);
        sendto(sock, buffer, n, 0, (struct sockaddr *)&you, size);
    }
}
