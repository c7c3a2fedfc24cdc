/* Grace Otieno, P15/1234 : client */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LENGTH 24 /* of the greeting */

int main(void)
{
    char greeting[LENGTH + 1];
    struct sockaddr_in server;
    ssize_t n;
    int s = socket(AF_INET, SOCK_STREAM, 0);

    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = inet_addr("127.0.0.1");
    server.sin_port = htons(12345);
    if (s < 0 || connect(s, (struct sockaddr *)&server, sizeof(server)) < 0) {
        perror("client");
        return 1;
    }
    n = recv(s, greeting, LENGTH, 0);
    if (n < 0) {
        perror("client");
        return 1;
    }
    greeting[n] = 0;
    printf("From Server: %s\n", greeting);
    close(s);
    return 0;
}
