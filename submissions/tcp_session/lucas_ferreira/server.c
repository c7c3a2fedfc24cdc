#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in addr;
    char buffer[1024];

    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(50000);
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(sock, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        return 1;
    }
    printf("Server is running...\n");
    while (1) {
        int n, i, conn = accept(sock, NULL, NULL);
        if (conn < 0) {
            perror("accept");
            return 1;
        }
        while ((n = recv(conn, buffer, sizeof(buffer), 0)) > 0) {
            if (n == 4 && !strncmp(buffer, "quit", 4))
                break;
            for (i = 0; i < n; i++)
                buffer[i] = toupper((unsigned char)buffer[i]);
            send(conn, buffer, n, 0);
        }
        close(conn);
    }
}
