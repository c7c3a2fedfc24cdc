#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORT 29876

// Tanaka Kenji, homework 4

int main()
{
    int s, c;
    char name[256];
    struct hostent *h;
    struct sockaddr_in me;

    gethostname(name, sizeof(name));
    h = gethostbyname(name);
    if (h == NULL) {
        printf("who am I?\n");
        return 1;
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&me, 0, sizeof(me));
    me.sin_family = AF_INET;
    me.sin_port = htons(PORT);
    memcpy(&me.sin_addr, h->h_addr_list[0], h->h_length);
    if (bind(s, (struct sockaddr *)&me, sizeof(me)) != 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while (1) {
        c = accept(s, NULL, NULL);
        send(c, "Thank you for connecting\n", 25, MSG_NOSIGNAL);
        close(c);
    }
}
