/*
 * UDP upper-case server, lab 2.
 * Jonas Berg, group 4
 */
#include <stdio.h>
#include <sys/socket.h>

#include "common.h"

int main(void)
{
    char buf[MAX_MSG];
    struct sockaddr_in me, client;

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0)
        die("socket");

    make_address(&me);
    if (bind(sock, (struct sockaddr *)&me, sizeof me) < 0)
        die("bind");
    printf("listening on 127.0.0.1:%d\n", PORT);

    for (;;) {
        socklen_t len = sizeof client;
        ssize_t n = recvfrom(sock, buf, sizeof buf, 0, (struct sockaddr *)&client, &len);
        if (n < 0) {
            perror("recvfrom");
            continue;
        }
        to_upper(buf, (size_t)n);
        if (sendto(sock, buf, (size_t)n, 0, (struct sockaddr *)&client, len) < 0)
            perror("sendto");
    }
}
