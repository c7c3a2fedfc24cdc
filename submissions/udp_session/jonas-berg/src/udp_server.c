/* Laboration 3 - Jonas Berg. Server. */
#include <ctype.h>
#include "common.h"

int main(void)
{
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in me = local(PORT), client;
    char text[SIZE];

    if (sock < 0 || bind(sock, (struct sockaddr *)&me, sizeof me) < 0) {
        perror("server");
        return 1;
    }
    puts("UDP server started ...");

    for (;;) {
        socklen_t size = sizeof client;
        ssize_t i, n = recvfrom(sock, text, SIZE, 0, (struct sockaddr *)&client, &size);
        if (n < 0) {
            perror("recvfrom");
            continue;
        }
        printf("Client> %.*s\n", (int)n, text);
        if (n == 4 && memcmp(text, "quit", 4) == 0)
            break;
        for (i = 0; i < n; i++)
            text[i] = toupper((unsigned char)text[i]);
        sendto(sock, text, n, 0, (struct sockaddr *)&client, size);
    }
    puts("Terminate server ...");
    close(sock);
    return 0;
}
