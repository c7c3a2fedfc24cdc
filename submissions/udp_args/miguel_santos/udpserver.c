/* Miguel Santos - UDP server, prints who sends */
#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in addr, client, tmp;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = INADDR_ANY;
    addr.sin_port = htons(12000);
    if (bind(fd, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }
    printf("The server is ready to receive\n");

    int known = 0;
    char buf[2049];
    for (;;) {
        socklen_t len = sizeof tmp;
        ssize_t n = recvfrom(fd, buf, 2048, 0, (struct sockaddr *)&tmp, &len);
        if (n < 0)
            break;
        buf[n] = '\0';
        if (!known) {
            /* a new client */
            client = tmp;
            known = 1;
        }
        printf("This message:  %s\n", buf);
        printf("is received from: ('%s', %d)\n", inet_ntoa(client.sin_addr), ntohs(client.sin_port));
        for (int i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        sendto(fd, buf, n, 0, (struct sockaddr *)&client, sizeof client);
    }
    return 0;
}
