/* Yusuf Demir - usage: ./udp_client HOST PORT */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct addrinfo hints = {0}, *server;
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_DGRAM;

    if (argc != 3) {
        printf("usage: %s HOST PORT\n", argv[0]);
        exit(0);
    }
    if (getaddrinfo(argv[1], argv[2], &hints, &server) != 0) {
        printf("no such host: %s\n", argv[1]);
        exit(1);
    }
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    char line[2048], reply[2048];
    printf("Input lowercase sentence: ");
    fflush(stdout);
    if (!fgets(line, sizeof(line), stdin))
        return 1;
    line[strcspn(line, "\n")] = '\0';
    sendto(sock, line, strlen(line), 0, server->ai_addr, server->ai_addrlen);
    ssize_t n = recv(sock, reply, sizeof(reply) - 1, 0);
    reply[n > 0 ? n : 0] = '\0';
    printf("%s\n", reply);
    close(sock);
    return 0;
}
