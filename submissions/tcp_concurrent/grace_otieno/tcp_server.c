#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_SIZE 2048

static void talk(int client)
{
    char message[BUFFER_SIZE];
    ssize_t length, i;

    while ((length = recv(client, message, BUFFER_SIZE, 0)) > 0) {
        if (length == 4 && memcmp(message, "quit", 4) == 0)
            break;
        for (i = 0; i < length; i++)
            message[i] = toupper((unsigned char)message[i]);
        send(client, message, length, 0);
    }
}

int main(void)
{
    struct sockaddr_in address = {0};
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    address.sin_family = AF_INET;
    address.sin_port = htons(50000);
    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(server, 10);
    for (;;) {
        int client = accept(server, NULL, NULL);
        pid_t child = fork();
        if (child == 0) {
            close(server);
            talk(client);
            close(client);
            exit(0);
        }
        printf("client served by process %d\n", child);
        close(client);
    }
}
