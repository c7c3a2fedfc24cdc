/**
 * ICS 2403 lab 3: TCP client
 * Grace Otieno
 *
 * Compile: gcc tcp_client.c -o tcp_client
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define PORT 12000
#define MAX 2048

int main(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    char *line = NULL;
    size_t room = 0;
    char reply[MAX + 1];

    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    if (connect(fd, (struct sockaddr *)&server, sizeof(server)) != 0) {
        perror("connect");
        return EXIT_FAILURE;
    }

    printf("Input lowercase sentence: ");
    ssize_t length = getline(&line, &room, stdin);
    if (length < 0) {
        return EXIT_FAILURE;
    }
    if (line[length - 1] == '\n') {
        length--;
    }
    send(fd, line, length, 0);

    int n = recv(fd, reply, MAX, 0);
    reply[n < 0 ? 0 : n] = '\0';
    printf("From server: %s\n", reply);

    free(line);
    close(fd);
    return EXIT_SUCCESS;
}
