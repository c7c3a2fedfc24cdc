#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

/* Lucas Ferreira - Redes de Computadores - cliente UDP */

#define PORTA 12000
#define TAM   2048

int main(void)
{
    char frase[TAM], resposta[TAM];
    struct sockaddr_in servidor;

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&servidor, 0, sizeof servidor);
    servidor.sin_family = AF_INET;
    servidor.sin_port = htons(PORTA);
    inet_aton("127.0.0.1", &servidor.sin_addr);

    printf("Input lowercase sentence: ");
    if (!fgets(frase, sizeof frase, stdin))
        return 1;
    frase[strcspn(frase, "\n")] = '\0';

    sendto(sock, frase, strlen(frase) + 1, 0, (struct sockaddr *)&servidor, sizeof servidor);
    recvfrom(sock, resposta, sizeof resposta, 0, NULL, NULL);
    printf("Resposta: %s\n", resposta);
    close(sock);
    return 0;
}
