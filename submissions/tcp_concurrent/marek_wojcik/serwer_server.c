#include <ctype.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAKS 64

static void blad(const char *co)
{
    perror(co);
    exit(1);
}

int main(void)
{
    struct sockaddr_in adres = {.sin_family = AF_INET, .sin_port = htons(50000)};
    struct pollfd fd[MAKS];
    int n = 1, tak = 1;

    fd[0].fd = socket(AF_INET, SOCK_STREAM, 0);
    fd[0].events = POLLIN;
    setsockopt(fd[0].fd, SOL_SOCKET, SO_REUSEADDR, &tak, sizeof tak);
    if (bind(fd[0].fd, (struct sockaddr *)&adres, sizeof adres) < 0)
        blad("bind");
    if (listen(fd[0].fd, 10) < 0)
        blad("listen");
    for (;;) {
        if (poll(fd, n, -1) < 0)
            blad("poll");
        for (int i = n - 1; i > 0; i--) {
            char bufor[1024];
            int ile;
            if (!fd[i].revents)
                continue;
            ile = recv(fd[i].fd, bufor, sizeof bufor, 0);
            if (ile <= 0)
                blad("recv");
            if (ile == 4 && memcmp(bufor, "quit", 4) == 0) {
                close(fd[i].fd);
                fd[i] = fd[--n];
                continue;
            }
            for (int j = 0; j < ile; j++)
                bufor[j] = toupper((unsigned char)bufor[j]);
            if (send(fd[i].fd, bufor, ile, 0) < 0)
                blad("send");
        }
        if (fd[0].revents && n < MAKS) {
            fd[n].fd = accept(fd[0].fd, NULL, NULL);
            fd[n].events = POLLIN;
            fd[n++].revents = 0;
        }
    }
}
