#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

/* usage: server <port> */
int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "Usage: %s <port>\n", argv[0]);
        exit(EXIT_FAILURE);
    }

    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int enable = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &enable, sizeof(int));

    struct sockaddr_in addr = {
        .sin_family = AF_INET,
        .sin_port = htons(atoi(argv[1])),
        .sin_addr.s_addr = INADDR_ANY,
    };
    if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) != 0) {
        perror("bind");
        exit(EXIT_FAILURE);
    }
    listen(fd, 8);

    while (1) {
        printf("Listening at ('0.0.0.0', %s)\n", argv[1]);
        struct sockaddr_in peer;
        socklen_t len = sizeof(peer);
        int client = accept(fd, (struct sockaddr *)&peer, &len);
        printf("The server now is connected to: ('%s', %d)\n", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        printf("Socket connects between ('0.0.0.0', %s) and ('%s', %d)\n", argv[1], inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));

        char buf[2049], reply[64];
        int n;
        while ((n = recv(client, buf, 2048, 0)) > 0) {
            buf[n] = '\0';
            printf("Received Message from Client: %s\n", buf);
            int bye = strcmp(buf, "Exit") == 0;
            if (bye)
                strcpy(reply, "Disconnect");
            else
                sprintf(reply, "Your data was %d bytes", n);
            send(client, reply, strlen(reply), MSG_NOSIGNAL);
            if (bye)
                break;
        }
        close(client);
        printf("Reply sent, Server socket closed\n");
    }
}
