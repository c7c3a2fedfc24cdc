#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

/* Lucas Ferreira - Redes de Computadores - cliente TCP */

#define PORTA 12000
#define TAM   2048

int main(void)
{
    char frase[TAM], resposta[TAM];
    struct sockaddr_in servidor;
    ssize_t n;

    int sock = socket(AF_INET, SOCK_STREAM, 0);
    memset(&servidor, 0, sizeof servidor);
    servidor.sin_family = AF_INET;
    servidor.sin_port = htons(PORTA);
    inet_aton("127.0.0.1", &servidor.sin_addr);
    if (connect(sock, (struct sockaddr *)&servidor, sizeof servidor) == -1) {
        perror("connect");
        return 1;
    }

    printf("Input lowercase sentence: ");
    if (!fgets(frase, sizeof frase, stdin))
        return 1;
    frase[strcspn(frase, "\n")] = '\0';

    send(sock, frase, strlen(frase), 0);
    n = recv(sock, resposta, sizeof resposta, 0);
    printf("Resposta: %.*s\n", (int)n, resposta);
    close(sock);
    return 0;
}
