// Lucas Ferreira - cliente: ./client <porta> <mensagem>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc < 3) {
        printf("Uso: %s <porta> <mensagem>\n", argv[0]);
        return 1;
    }
    int port = atoi(argv[1]);
    if (port == 0) {
        printf("Porta invalida\n");
        return 1;
    }
    int sockfd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in servaddr = {0};
    servaddr.sin_family = AF_INET;
    servaddr.sin_port = htons(port);
    servaddr.sin_addr.s_addr = inet_addr("127.0.0.1");
    sendto(sockfd, argv[2], strlen(argv[2]), 0, (const struct sockaddr *)&servaddr, sizeof(servaddr));

    char buffer[2048];
    int n = recvfrom(sockfd, buffer, sizeof(buffer) - 1, 0, NULL, NULL);
    buffer[n] = '\0';
    printf("%s\n", buffer);
    close(sockfd);
    return 0;
}
