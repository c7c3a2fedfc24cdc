/*
 * Assignment 3 - TCP upper case client
 * Ahmed Hassan, ID 900183
 *
 * g++ -o client client.cpp && ./client
 */
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <unistd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVER_PORT 12000

int main()
{
    struct sockaddr_in serverAddr;
    char message[2048];

    int fd = socket(AF_INET, SOCK_STREAM, 0);

    memset(&serverAddr, 0, sizeof(serverAddr));
    serverAddr.sin_family = AF_INET;
    serverAddr.sin_addr.s_addr = inet_addr("127.0.0.1");
    serverAddr.sin_port = htons(SERVER_PORT);

    if (connect(fd, (struct sockaddr *) &serverAddr, sizeof(serverAddr)) == -1) {
        perror("connect");
        exit(1);
    }

    printf("Input lowercase sentence: ");
    if (fgets(message, sizeof(message), stdin) == NULL)
        return 0;
    message[strcspn(message, "\n")] = '\0';
    send(fd, message, strlen(message), 0);

    int length = recv(fd, message, sizeof(message) - 1, 0);
    message[length] = '\0';
    printf("From Server: %s\n", message);
    close(fd);
    return 0;
}
