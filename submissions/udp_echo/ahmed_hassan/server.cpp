/*
 * Assignment 2 - UDP upper case server
 * Ahmed Hassan, ID 900183
 *
 * g++ -o server server.cpp && ./server
 */
#include <sys/socket.h>
#include <netinet/in.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVER_PORT 12000

int main()
{
    struct sockaddr_in serverAddr, clientAddr;
    char message[2048];

    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    memset(&serverAddr, 0, sizeof(serverAddr));
    serverAddr.sin_family = AF_INET;
    serverAddr.sin_addr.s_addr = INADDR_ANY;
    serverAddr.sin_port = SERVER_PORT;

    if (bind(fd, (struct sockaddr *) &serverAddr, sizeof(serverAddr)) == -1) {
        perror("bind");
        exit(1);
    }
    printf("The server is ready to receive\n");

    while (true) {
        socklen_t clientLength = sizeof(clientAddr);
        int length = recvfrom(fd, message, sizeof(message), 0,
                              (struct sockaddr *) &clientAddr, &clientLength);
        for (int i = 0; i < length; i++)
            message[i] = toupper(message[i]);
        sendto(fd, message, length, 0, (struct sockaddr *) &clientAddr, clientLength);
    }
}
