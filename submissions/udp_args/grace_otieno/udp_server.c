/* Grace Otieno, P15/1234 : server */
#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define BUF 2048

int main(void)
{
    char buf[BUF];
    struct sockaddr_in server, client;
    int s = socket(AF_INET, SOCK_DGRAM, 0);

    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_ANY);
    server.sin_port = htons(12000);
    if (s < 0 || bind(s, (struct sockaddr *)&server, sizeof(server)) < 0) {
        perror("server");
        return 1;
    }
    printf("Server ready\n");

    while (1) {
        socklen_t size = sizeof(client);
        ssize_t i, n = recvfrom(s, buf, BUF, 0, (struct sockaddr *)&client, &size);
        if (n < 0)
            continue;
        printf("This message:  %.*s\nis received from: %s:%hu\n", (int)n, buf,
               inet_ntoa(client.sin_addr), ntohs(client.sin_port));
        for (i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        sendto(s, buf, n, 0, (struct sockaddr *)&client, size);
    }
}
