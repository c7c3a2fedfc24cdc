/* Grace Otieno, P15/1234 : server */
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GREETING "Thank you for connecting"

int main(void)
{
    struct sockaddr_in server;
    int s = socket(AF_INET, SOCK_STREAM, 0);

    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_ANY);
    server.sin_port = htons(12345);
    if (s < 0 || bind(s, (struct sockaddr *)&server, sizeof(server)) < 0 || listen(s, 3) < 0) {
        perror("server");
        return 1;
    }
    printf("Server ready\n");

    while (1) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        send(c, GREETING, strlen(GREETING), MSG_NOSIGNAL);
        close(c);
    }
}
