#include <stdio.h>
#include <string.h>
#include <ctype.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

#define PORT 5005

// Tanaka Kenji, homework 3

int main()
{
    int s, n, i;
    socklen_t addrlen;
    char buf[1500];
    struct sockaddr_in me, from;

    s = socket(AF_INET, SOCK_DGRAM, 0);

    memset(&me, 0, sizeof(me));
    me.sin_family = AF_INET;
    me.sin_port = htons(PORT);
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    bind(s, (struct sockaddr *)&me, sizeof(me));

    while (1) {
        addrlen = sizeof(from);
        n = recvfrom(s, buf, sizeof(buf), 0, (struct sockaddr *)&from, &addrlen);
        printf("port %d of %s: ", ntohs(from.sin_port), inet_ntoa(from.sin_addr));
        fwrite(buf, 1, n, stdout);
        printf("\n");
        for (i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        sendto(s, buf, n, 0, (struct sockaddr *)&from, addrlen);
    }
}
