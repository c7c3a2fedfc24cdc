#include <stdio.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <signal.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main()
{
    int s, c, i;
    char buf[2048];
    struct sockaddr_in addr;

    signal(SIGPIPE, SIG_IGN);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(50000);
    addr.sin_addr.s_addr = INADDR_ANY;
    s = socket(AF_INET, SOCK_STREAM, 0);
    i = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &i, sizeof(i));
    bind(s, (struct sockaddr *)&addr, sizeof(addr));
    listen(s, 5);
    printf("waiting for clients\n");

    while (1) {
        c = accept(s, NULL, NULL);
        memset(buf, 0, sizeof(buf));
        /* buf is empty at the start, so the text in it always ends with a 0 */
        while (recv(c, buf, sizeof(buf) - 1, 0) > 0) {
            printf("got: %s\n", buf);
            if (strcmp(buf, "quit") == 0)
                break;
            for (i = 0; i < (int)strlen(buf); i++)
                buf[i] = toupper(buf[i]);
            send(c, buf, strlen(buf), 0);
        }
        close(c);
    }
}
