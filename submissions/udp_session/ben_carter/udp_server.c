// Ben Carter - UDP conversation, server
#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in addr, from;
    char buf[2049];

    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    addr.sin_port = htons(50000);
    if (bind(fd, (struct sockaddr *)&addr, sizeof addr) != 0) {
        perror("bind");
        return 1;
    }
    printf("UDP server started ...\n");

    while (1) {
        socklen_t len = sizeof from;
        ssize_t n = recvfrom(fd, buf, 2048, 0, (struct sockaddr *)&from, &len);
        if (n < 0)
            continue;
        buf[n] = '\0';
        printf("Client> %s\n", buf);
        if (strncmp(buf, "quit", 4) == 0)
            break;
        for (ssize_t i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        sendto(fd, buf, n, 0, (struct sockaddr *)&from, len);
    }
    printf("Terminate server ...\n");
    close(fd);
    return 0;
}
