/* Petr Novak, web server */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define PORT 6789
#define PAGE "index.html"

char response[100000];

/* puts header and page into response, returns the length */
int prepare(void)
{
    FILE *f = fopen(PAGE, "rb");
    char page[90000];
    int n, h;

    if (f == NULL) {
        perror(PAGE);
        exit(1);
    }
    n = fread(page, 1, sizeof(page), f);
    fclose(f);
    h = sprintf(response, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                          "Content-Length: %d\r\n\r\n", n);
    memcpy(response + h, page, n);
    return h + n;
}

int main(void)
{
    struct sockaddr_in a = { 0 };
    char request[10000];
    int s, c, length, one = 1;

    length = prepare();
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    a.sin_family = AF_INET;
    a.sin_port = htons(PORT);
    if (bind(s, (struct sockaddr *)&a, sizeof(a)) < 0 || listen(s, 5) < 0) {
        perror("server");
        return 1;
    }
    while ((c = accept(s, NULL, NULL)) >= 0) {
        int n = recv(c, request, sizeof(request) - 1, 0);
        if (n > 0) {
            request[n] = '\0';
            printf("%s", request);
            send(c, response, length, MSG_NOSIGNAL);
        }
        close(c);
    }
    return 0;
}
