#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORT 5005

// Tanaka Kenji, homework 2

main()
{
    int s, n, i;
    int addrlen;
    char buf[1500];
    struct sockaddr_in me, from;

    s = socket(AF_INET, SOCK_DGRAM, 0);

    bzero(&me, sizeof(me));
    me.sin_family = AF_INET;
    me.sin_port = htons(PORT);
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    bind(s, &me, sizeof(me));

    while (1) {
        addrlen = sizeof(from);
        n = recvfrom(s, buf, sizeof(buf), 0, &from, &addrlen);
        for (i = 0; i < n; i++)
            buf[i] = toupper(buf[i]);
        sendto(s, buf, n, 0, &from, addrlen);
    }
}
