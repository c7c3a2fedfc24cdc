/*
 * TCP upper-case client, lab 3.
 * Jonas Berg, group 4
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common.h"

int main(void)
{
    char buf[MAX_MSG + 1];
    struct sockaddr_in server;

    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock < 0)
        die("socket");
    make_address(&server, INADDR_LOOPBACK);
    if (connect(sock, (struct sockaddr *)&server, sizeof server) < 0)
        die("connect");

    printf("Input lowercase sentence: ");
    fflush(stdout);
    if (fgets(buf, sizeof buf, stdin) == NULL)
        return 0;
    buf[strcspn(buf, "\n")] = '\0';
    write(sock, buf, strlen(buf));

    /* the server closes the connection after its answer */
    printf("Answer: ");
    ssize_t n;
    while ((n = read(sock, buf, MAX_MSG)) > 0)
        fwrite(buf, 1, (size_t)n, stdout);
    printf("\n");

    close(sock);
    return 0;
}
