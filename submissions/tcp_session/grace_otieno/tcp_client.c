#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main()
{
    int s, n;
    char name[64], line[2048], reply[2048];
    struct sockaddr_in addr;

    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = 50000;
    addr.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(s, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("connect");
        exit(1);
    }
    printf("Enter your name: ");
    fgets(name, sizeof(name), stdin);
    strtok(name, "\n");
    while (printf("%s> ", name), fflush(stdout), fgets(line, sizeof(line), stdin)) {
        strtok(line, "\n");
        send(s, line, strlen(line), 0);
        if (!strcmp(line, "quit"))
            break;
        n = recv(s, reply, sizeof(reply), 0);
        printf("%.*s\n", n, reply);
    }
    close(s);
    return 0;
}
