#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* talks to one client until it sends Exit */
void serve(int c)
{
    char text[1500] = "";
    char odpoved[64];

    while (recv(c, text, sizeof(text) - 1, 0) > 0)
    {
        printf("Received Message from Client: %s\n", text);
        if (strncmp(text, "Exit", 4) == 0)
        {
            send(c, "Disconnect", 10, MSG_NOSIGNAL);
            return;
        }
        sprintf(odpoved, "Your data was %lu bytes", strlen(text));
        send(c, odpoved, strlen(odpoved), MSG_NOSIGNAL);
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in adr, kdo;
    socklen_t l;
    int s, c, jedna = 1;

    if ((s = socket(PF_INET, SOCK_STREAM, IPPROTO_TCP)) < 0) { perror("socket"); exit(1); }
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &jedna, sizeof(jedna));
    memset(&adr, 0, sizeof(adr));
    adr.sin_family = AF_INET;
    adr.sin_port = htons(1060);
    adr.sin_addr.s_addr = INADDR_ANY;
    if (bind(s, (struct sockaddr *) &adr, sizeof(adr)) < 0) { perror("bind"); exit(1); }
    if (listen(s, 1) < 0) { perror("listen"); exit(1); }

    while (1)
    {
        printf("Listening at ('0.0.0.0', 1060)\n");
        l = sizeof(kdo);
        c = accept(s, (struct sockaddr *) &kdo, &l);
        printf("The server now is connected to: ('%s', %d)\n", inet_ntoa(kdo.sin_addr), ntohs(kdo.sin_port));
        printf("Socket connects between ('127.0.0.1', 1060) and ('%s', %d)\n", inet_ntoa(kdo.sin_addr), ntohs(kdo.sin_port));
        serve(c);
        close(c);
        printf("Reply sent, Server socket closed\n");
    }
}
