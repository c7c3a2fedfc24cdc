#include "net.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void talk(int fd)
{
    char buf[SIZE];
    ssize_t n, i;

    while ((n = read(fd, buf, sizeof(buf))) > 0) {
        if (n == 4 && memcmp(buf, "quit", 4) == 0)
            return;
        for (i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        if (write_all(fd, buf, n))
            return;
    }
}

int main(void)
{
    int s = tcp_listen(PORT), c;

    if (s < 0) {
        perror("listen");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    printf("listening on %d\n", PORT);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        puts("client came");
        talk(c);
        close(c);
        puts("client left");
    }
    perror("accept");
    return 1;
}
