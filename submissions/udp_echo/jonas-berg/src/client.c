/*
 * UDP upper-case client, lab 2.
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

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0)
        die("socket");
    make_address(&server);

    printf("Input lowercase sentence: ");
    fflush(stdout);
    if (fgets(buf, sizeof buf, stdin) == NULL)
        return 0;
    buf[strcspn(buf, "\n")] = '\0';

    if (sendto(sock, buf, strlen(buf), 0, (struct sockaddr *)&server, sizeof server) < 0)
        die("sendto");
    ssize_t n = recvfrom(sock, buf, MAX_MSG, 0, NULL, NULL);
    if (n < 0)
        die("recvfrom");
    buf[n] = '\0';

    printf("Answer: %s\n", buf);
    close(sock);
    return 0;
}
