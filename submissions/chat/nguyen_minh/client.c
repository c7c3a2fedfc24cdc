// Nguyen Minh - TCP chat, client side
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define PORT 1060
#define SIZE 1024

int main() {
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in serv_addr = { 0 };
    char message[SIZE], answer[SIZE + 1];

    serv_addr.sin_family = AF_INET;
    serv_addr.sin_port = htons(PORT);
    inet_pton(AF_INET, "127.0.0.1", &serv_addr.sin_addr);
    if (connect(sock, (struct sockaddr *)&serv_addr, sizeof(serv_addr)) < 0) {
        printf("Connection Failed\n");
        return 1;
    }

    while (1) {
        printf("Enter message to send or type Exit to disconnect: ");
        if (scanf(" %1023[^\n]", message) != 1)
            break;
        send(sock, message, strlen(message), 0);
        int count = recv(sock, answer, SIZE, 0);
        if (count <= 0)
            break;
        answer[count] = '\0';
        printf("Received Message from Server: %s\n", answer);
        if (strcmp(message, "Exit") == 0)
            break;
    }
    close(sock);
    printf("Now you are disconnected from the server\n");
    return 0;
}
