#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

/* Lucas Ferreira - Redes de Computadores - servidor TCP */

#define PORTA 12000
#define TAM   2048

int main(void)
{
    char buf[TAM];
    struct sockaddr_in eu, cliente;
    socklen_t tam = sizeof cliente;
    ssize_t n;

    int sock = socket(AF_INET, SOCK_STREAM, 0);
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

    for (;;) {
        int con = accept(sock, (struct sockaddr *)&cliente, &tam);
        if (con == -1) {
            perror("accept");
            return 1;
        }
        n = recv(con, buf, sizeof buf, 0);
        for (ssize_t i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        if (n > 0)
            send(con, buf, n, 0);
        close(con);
    }
}
