#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    struct sockaddr_in adr;
    char text[1500];
    int s, n;

    s = socket(PF_INET, SOCK_STREAM, IPPROTO_TCP);
    memset(&adr, 0, sizeof(adr));
    adr.sin_family = AF_INET;
    adr.sin_port = htons(1060);
    adr.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(s, (struct sockaddr *) &adr, sizeof(adr)) < 0) { perror("connect"); exit(1); }

    while (1)
    {
        int konec;
        printf("Enter message to send or type Exit to disconnect: ");
        if (!fgets(text, sizeof(text), stdin)) break;
        text[strcspn(text, "\r\n")] = 0;
        konec = !strcmp(text, "Exit");
        send(s, text, strlen(text), 0);
        n = recv(s, text, sizeof(text) - 1, 0);
        if (n <= 0) break;
        text[n] = 0;
        printf("Received Message from Server: %s\n", text);
        if (konec) break;
    }
    printf("Now you are disconnected from the server\n");
    close(s);
    return 0;
}
