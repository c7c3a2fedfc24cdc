/**
 * ICS 2403 lab 2: UDP server
 * Grace Otieno
 *
 * Compile: gcc udp_server.c -o udp_server
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define PORT 12000

int main(int argc, char *argv[])
{
    int port = argc > 1 ? atoi(argv[1]) : PORT;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(port) };
    struct sockaddr_in client;
    char message[2048];

    if (bind(fd, (struct sockaddr *)&server, sizeof(server)) != 0) {
        perror("bind");
        return EXIT_FAILURE;
    }
    printf("UDP server on port %d\n", port);

    for (;;) {
        socklen_t size = sizeof(client);
        int n = recvfrom(fd, message, sizeof(message), 0, (struct sockaddr *)&client, &size);
        for (int i = 0; i < n; i++) {
            if (islower((unsigned char)message[i])) {
                message[i] = toupper((unsigned char)message[i]);
            }
        }
        sendto(fd, message, n, 0, (struct sockaddr *)&client, size);
        printf("%s:%d %d bytes\n", inet_ntoa(client.sin_addr), ntohs(client.sin_port), n);
    }
}
