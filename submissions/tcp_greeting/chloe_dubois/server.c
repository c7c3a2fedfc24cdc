/* Chloé Dubois, TP réseaux 5 - serveur */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    char message[] = "Thank you for connecting";
    int ecoute = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in adresse = {.sin_family = AF_INET, .sin_port = htons(12345)};

    if (bind(ecoute, (struct sockaddr *)&adresse, sizeof adresse) < 0) {
        perror("bind");
        return EXIT_FAILURE;
    }
    listen(ecoute, 5);
    for (;;) {
        int client = accept(ecoute, NULL, NULL);
        if (client < 0)
            continue;
        send(client, message, sizeof message, MSG_NOSIGNAL);
        close(client);
    }
}
