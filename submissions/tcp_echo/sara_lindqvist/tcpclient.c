/* tcpclient.c - Sara Lindqvist, datakom lab 2 */
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
    char line[MAXLINE];
    char buffer[MAXLINE + 1];
    struct sockaddr_in servaddr;

    if ((sockfd = socket(AF_INET, SOCK_STREAM, 0)) < 0) {
        perror("socket creation failed");
        exit(EXIT_FAILURE);
    }

    memset(&servaddr, 0, sizeof(servaddr));
    servaddr.sin_family = AF_INET;
    servaddr.sin_port = htons(PORT);
    servaddr.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(sockfd, (struct sockaddr *)&servaddr, sizeof(servaddr)) < 0) {
        perror("connect failed");
        exit(EXIT_FAILURE);
    }

    printf("Input lowercase sentence: ");
    if (fgets(line, MAXLINE, stdin) == NULL)
        return 0;
    line[strcspn(line, "\n")] = 0;
    send(sockfd, line, strlen(line), 0);

    memset(buffer, 0, sizeof(buffer));
    recv(sockfd, buffer, MAXLINE, 0);
    printf("From server: %s\n", buffer);

    close(sockfd);
    return 0;
}
