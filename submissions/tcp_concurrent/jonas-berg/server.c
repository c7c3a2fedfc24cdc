#include "session.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8888)};
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, SOMAXCONN)) {
        perror("server");
        return EXIT_FAILURE;
    }
    signal(SIGCHLD, SIG_IGN); /* the kernel buries our children */
    signal(SIGPIPE, SIG_IGN);
    printf("listening on 127.0.0.1:8888\n");
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        if (fork() == 0) {
            close(s);
            session(c);
            close(c);
            _exit(0);
        }
        close(c);
    }
}
