/* Chloé Dubois, TP réseaux 5 - client */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    char message[1025];
    int serveur = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in adresse = {.sin_family = AF_INET, .sin_port = htons(12345)};
    adresse.sin_addr.s_addr = inet_addr("127.0.0.1");

    if (connect(serveur, (struct sockaddr *)&adresse, sizeof adresse) < 0) {
        perror("connect");
        return EXIT_FAILURE;
    }
    ssize_t lus = recv(serveur, message, sizeof message - 1, 0);
    if (lus < 0) {
        perror("recv");
        return EXIT_FAILURE;
    }
    message[lus] = '\0';
    puts(message);
    close(serveur);
    return EXIT_SUCCESS;
}
