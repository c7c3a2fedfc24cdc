#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORT 5005

// Tanaka Kenji, homework 3

main()
{
    int s, c, n, i;
    int on = 1;
    char buf[1500];
    struct sockaddr_in me;

    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));

    bzero(&me, sizeof(me));
    me.sin_family = AF_INET;
    me.sin_port = htons(PORT);
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    bind(s, &me, sizeof(me));
    listen(s, 5);

    while (1) {
        c = accept(s, 0, 0);
        n = recv(c, buf, sizeof(buf), 0);
        for (i = 0; i < n; i++)
            buf[i] = toupper(buf[i]);
        if (n > 0)
            send(c, buf, n, 0);
        close(c);
    }
}
