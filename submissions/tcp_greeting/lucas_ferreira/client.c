// Lucas Ferreira - cliente
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    int sockfd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in servaddr = {0};
    servaddr.sin_family = AF_INET;
    servaddr.sin_addr.s_addr = inet_addr("127.0.0.1");
    servaddr.sin_port = htons(12345);
    if (connect(sockfd, (const struct sockaddr *)&servaddr, sizeof(servaddr)) < 0) {
        perror("connect failed");
        return 1;
    }
    char buffer[1024];
    int n, total = 0;
    while ((n = read(sockfd, buffer + total, sizeof(buffer) - 1 - total)) > 0)
        total += n;
    buffer[total] = '\0';
    printf("Servidor: %s\n", buffer);
    close(sockfd);
    return 0;
}
