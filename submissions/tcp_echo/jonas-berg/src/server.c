/*
 * TCP upper-case server, lab 3.
 * Jonas Berg, group 4
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common.h"

static int open_server(void)
{
    struct sockaddr_in me;
    int yes = 1;

    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock < 0)
        die("socket");
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);

    make_address(&me, INADDR_ANY);
    if (bind(sock, (struct sockaddr *)&me, sizeof me) < 0)
        die("bind");
    if (listen(sock, 10) < 0)
        die("listen");
    return sock;
}

int main(void)
{
    char buf[MAX_MSG];
    int sock = open_server();
    printf("listening on port %d\n", PORT);

    for (;;) {
        int conn = accept(sock, NULL, NULL);
        if (conn < 0)
            die("accept");

        memset(buf, 0, sizeof buf);
        read(conn, buf, sizeof buf - 1);
        to_upper(buf, strlen(buf));
        write(conn, buf, strlen(buf));
        close(conn);
    }
}
