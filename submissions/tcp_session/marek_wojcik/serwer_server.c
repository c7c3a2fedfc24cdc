#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

void duze_litery(char *tekst, int n)
{
    for (int i = 0; i < n; i++)
        if (tekst[i] != ' ')
            tekst[i] -= 32; /* 'a' - 'A' */
}

int main(void)
{
    struct sockaddr_in adres = {.sin_family = AF_INET, .sin_port = htons(50000)};
    int nasluch = socket(AF_INET, SOCK_STREAM, 0);
    int tak = 1;

    signal(SIGPIPE, SIG_IGN);
    setsockopt(nasluch, SOL_SOCKET, SO_REUSEADDR, &tak, sizeof tak);
    if (bind(nasluch, (struct sockaddr *)&adres, sizeof adres) || listen(nasluch, 4)) {
        perror("serwer");
        exit(1);
    }
    puts("Serwer dziala");
    for (;;) {
        char bufor[1024];
        int klient = accept(nasluch, NULL, NULL), n;

        while ((n = recv(klient, bufor, sizeof bufor, 0)) > 0) {
            if (n == 4 && strncmp(bufor, "quit", 4) == 0)
                break;
            duze_litery(bufor, n);
            send(klient, bufor, n, 0);
        }
        close(klient);
    }
}
