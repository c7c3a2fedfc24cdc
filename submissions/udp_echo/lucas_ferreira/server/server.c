#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <arpa/inet.h>
#include <sys/socket.h>

/* Lucas Ferreira - Redes de Computadores - servidor UDP */

#define PORTA 12000
#define TAM   2048

static void maiusculas(char *s)
{
    while (*s) {
        *s = toupper((unsigned char)*s);
        s++;
    }
}

int main(void)
{
    char buf[TAM + 1];
    struct sockaddr_in eu, cliente;
    socklen_t tam;
    ssize_t n;

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }
    memset(&eu, 0, sizeof eu);
    eu.sin_family = AF_INET;
    eu.sin_port = htons(PORTA);
    eu.sin_addr.s_addr = INADDR_ANY;
    if (bind(sock, (struct sockaddr *)&eu, sizeof eu) == -1) {
        perror("bind");
        return 1;
    }
    puts("Servidor pronto");

    while ((n = recvfrom(sock, buf, TAM, 0, (struct sockaddr *)&cliente,
                         (tam = sizeof cliente, &tam))) >= 0) {
        buf[n] = '\0';
        maiusculas(buf);
        /* + 1 so that the string is complete with its end */
        sendto(sock, buf, strlen(buf) + 1, 0, (struct sockaddr *)&cliente, tam);
    }
    perror("recvfrom");
    return 1;
}
