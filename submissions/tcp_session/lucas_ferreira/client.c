#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in addr;
    char name[100], line[1024], reply[1024];

    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(50000);
    addr.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(sock, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("connect");
        return 1;
    }
    printf("Enter your name: ");
    scanf("%99s", name);
    getchar();
    while (1) {
        int n;
        printf("Message: ");
        if (fgets(line, sizeof(line), stdin) == NULL)
            break;
        line[strcspn(line, "\n")] = '\0';
        send(sock, line, strlen(line), 0);
        if (strcmp(line, "quit") == 0)
            break;
        n = recv(sock, reply, sizeof(reply) - 1, 0);
        if (n <= 0)
            break;
        reply[n] = '\0';
        printf("Reply: %s\n", reply);
    }
    close(sock);
    return 0;
}
