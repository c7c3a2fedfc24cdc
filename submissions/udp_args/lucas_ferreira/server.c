// Lucas Ferreira - servidor
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main() {
    int sockfd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in servaddr = {0}, cliaddr;
    servaddr.sin_family = AF_INET;
    servaddr.sin_addr.s_addr = INADDR_ANY;
    servaddr.sin_port = htons(12000);
    if (bind(sockfd, (const struct sockaddr *)&servaddr, sizeof(servaddr)) < 0) {
        perror("bind failed");
        return 1;
    }
    printf("The server is ready to receive\n");
    while (1) {
        char buffer[2048];
        socklen_t len = sizeof(cliaddr);
        int n = recvfrom(sockfd, buffer, sizeof(buffer), 0, (struct sockaddr *)&cliaddr, &len);
        if (n < 0)
            continue;
        printf("This message:  %.*s\n", n, buffer);
        printf("is received from: ('%s', %d)\n", inet_ntoa(cliaddr.sin_addr), ntohs(cliaddr.sin_port));
        for (int i = 0; i < n; i++)
            buffer[i] = toupper((unsigned char)buffer[i]);
        sendto(sockfd, buffer, n, 0, (const struct sockaddr *)&cliaddr, len);
    }
}
