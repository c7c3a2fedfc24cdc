// Nguyen Minh - TCP chat, server side
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define PORT 1060
#define SIZE 1024

// one buffer for the message and for the answer
char buffer[SIZE];

int main() {
    int server_fd, client_fd, reuse = 1;
    struct sockaddr_in address, client;
    socklen_t addrlen = sizeof(client);

    server_fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(server_fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons(PORT);
    if (bind(server_fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
        perror("bind failed");
        return 1;
    }
    if (listen(server_fd, 3) < 0) {
        perror("listen");
        return 1;
    }

    while (1) {
        printf("Listening at ('0.0.0.0', %d)\n", PORT);
        client_fd = accept(server_fd, (struct sockaddr *)&client, &addrlen);
        if (client_fd < 0) {
            perror("accept");
            continue;
        }
        printf("The server now is connected to: ('%s', %d)\n", inet_ntoa(client.sin_addr), ntohs(client.sin_port));
        printf("Socket connects between ('0.0.0.0', %d) and ('%s', %d)\n", PORT, inet_ntoa(client.sin_addr), ntohs(client.sin_port));

        while (1) {
            int count = recv(client_fd, buffer, SIZE, 0);
            if (count <= 0)
                break;
            printf("Received Message from Client: %.*s\n", count, buffer);
            if (count == 4 && strncmp(buffer, "Exit", 4) == 0) {
                strcpy(buffer, "Disconnect");
                send(client_fd, buffer, SIZE, MSG_NOSIGNAL);
                break;
            }
            sprintf(buffer, "Your data was %d bytes", count);
            send(client_fd, buffer, SIZE, MSG_NOSIGNAL);
        }
        close(client_fd);
        printf("Reply sent, Server socket closed\n");
    }
    return 0;
}
