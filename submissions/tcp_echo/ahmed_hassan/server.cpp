/*
 * Assignment 3 - TCP upper case server
 * Ahmed Hassan, ID 900183
 *
 * g++ -o server server.cpp && ./server
 */
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>
#include <ctype.h>
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
    serverAddr.sin_addr.s_addr = INADDR_ANY;
    serverAddr.sin_port = htons(SERVER_PORT);

    if (bind(fd, (struct sockaddr *) &serverAddr, sizeof(serverAddr)) == -1) {
        perror("bind");
        exit(1);
    }
    listen(fd, 5);
    printf("The server is ready to receive\n");

    while (true) {
        int client = accept(fd, NULL, NULL);
        int length = recv(client, message, sizeof(message), 0)
        for (int i = 0; i < length; i++)
            message[i] = toupper(message[i]);
        if (length > 0)
            send(client, message, length, 0);
        close(client);
    }
}
