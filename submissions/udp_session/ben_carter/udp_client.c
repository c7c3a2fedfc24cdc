// Ben Carter - UDP conversation, client
#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in addr;
    char name[64], buf[2049];

    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    addr.sin_port = htons(50000);

    if (fgets(name, sizeof name, stdin) == NULL)
        return 1;
    name[strcspn(name, "\n")] = '\0';

    while (1) {
        printf("%s> ", name);
        fflush(stdout);
        if (fgets(buf, sizeof buf, stdin) == NULL)
            break;
        char *text = buf + strspn(buf, " \t");
        size_t length = strlen(text);
        while (length > 0 && isspace((unsigned char)text[length - 1]))
            text[--length] = '\0';
        sendto(fd, text, length, 0, (struct sockaddr *)&addr, sizeof addr);
        if (strncmp(text, "quit", 4) == 0)
            break;
        ssize_t n = recvfrom(fd, buf, 2048, 0, NULL, NULL);
        if (n < 0)
            break;
        buf[n] = '\0';
        printf("%s\n", buf);
    }
    close(fd);
    return 0;
}
