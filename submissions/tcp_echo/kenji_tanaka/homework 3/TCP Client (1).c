#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORT 5005

// Tanaka Kenji, homework 3

main()
{
    int s, n;
    char buf[1500];
    struct sockaddr_in server;

    s = socket(AF_INET, SOCK_STREAM, 0);

    bzero(&server, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_port = htons(PORT);
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    connect(s, &server, sizeof(server));

    printf("Input lowercase sentence: ");
    fgets(buf, sizeof(buf), stdin);
    buf[strlen(buf) - 1] = 0;
    send(s, buf, strlen(buf), 0);

    n = recv(s, buf, sizeof(buf) - 1, 0);
    buf[n] = 0;
    printf("%s\n", buf);
    close(s);
    return 0;
}
