/* udpclient.c - Sara Lindqvist, datakom lab 1 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

#define PORT     12000
#define MAXLINE  2048

int main() {
    int sockfd;
    int n;
    char buffer[MAXLINE + 1];
    struct sockaddr_in servaddr;

    if ((sockfd = socket(AF_INET, SOCK_DGRAM, 0)) < 0) {
        perror("socket creation failed");
        exit(EXIT_FAILURE);
    }

    memset(&servaddr, 0, sizeof(servaddr));
    servaddr.sin_family = AF_INET;
    servaddr.sin_port = htons(PORT);
    servaddr.sin_addr.s_addr = inet_addr("127.0.0.1");

    printf("Input lowercase sentence: ");
    fgets(buffer, MAXLINE, stdin);

    /* send with the newline at the end, the server skips it */
    sendto(sockfd, buffer, strlen(buffer), 0, (const struct sockaddr *)&servaddr, sizeof(servaddr));

    n = recvfrom(sockfd, buffer, MAXLINE, 0, NULL, NULL);
    buffer[n] = '\0';
    printf("From server: %s", buffer);

    close(sockfd);
    return 0;
}
