#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

/* usage: client <your name> <address> <port> */
int main(int argc, char *argv[])
{
    if (argc != 4) {
        fprintf(stderr, "Usage: %s <your name> <address> <port>\n", argv[0]);
        exit(EXIT_FAILURE);
    }

    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in addr = {
        .sin_family = AF_INET,
        .sin_port = htons(atoi(argv[3])),
        .sin_addr.s_addr = inet_addr(argv[2]),
    };
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) != 0) {
        perror("connect");
        exit(EXIT_FAILURE);
    }

    printf("Hello %s!\n", argv[1]);
    char buf[2049];
    int n, bye = 0;
    while (!bye) {
        printf("Enter message to send or type Exit to disconnect: ");
        if (!fgets(buf, 2048, stdin))
            break;
        buf[strcspn(buf, "\n")] = '\0';
        bye = strcmp(buf, "Exit") == 0;
        send(fd, buf, strlen(buf), 0);
        if ((n = recv(fd, buf, 2048, 0)) <= 0)
            break;
        buf[n] = '\0';
        printf("Received Message from Server: %s\n", buf);
    }
    close(fd);
    printf("Now you are disconnected from the server\n");
    return 0;
}
