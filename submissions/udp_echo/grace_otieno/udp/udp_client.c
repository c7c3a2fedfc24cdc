/**
 * ICS 2403 lab 2: UDP client
 * Grace Otieno
 *
 * Compile: gcc udp_client.c -o udp_client
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define PORT 12000
#define MAX 20

int main(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    char *line = NULL;
    size_t room = 0;
    char reply[MAX + 1];

    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);

    printf("Input lowercase sentence: ");
    ssize_t length = getline(&line, &room, stdin);
    if (length < 0) {
        return EXIT_FAILURE;
    }
    if (line[length - 1] == '\n') {
        length--;
    }
    sendto(fd, line, length, 0, (struct sockaddr *)&server, sizeof(server));

    int n = recvfrom(fd, reply, MAX, 0, NULL, NULL);
    reply[n < 0 ? 0 : n] = '\0';
    printf("From server: %s\n", reply);

    free(line);
    close(fd);
    return EXIT_SUCCESS;
}
