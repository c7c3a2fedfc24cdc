#include "net.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    char name[100], line[SIZE], reply[SIZE];
    int fd = tcp_connect("127.0.0.1", PORT);

    if (fd < 0) {
        perror("connect");
        return 1;
    }
    printf("Your name? ");
    fflush(stdout);
    if (!fgets(name, sizeof(name), stdin))
        return 1;
    name[strcspn(name, "\n")] = 0;
    for (;;) {
        ssize_t n;
        printf("%s> ", name);
        fflush(stdout);
        if (!fgets(line, sizeof(line), stdin))
            break;
        line[strcspn(line, "\n")] = 0;
        if (line[0] == 0)
            continue;
        write_all(fd, line, strlen(line));
        if (strcmp(line, "quit") == 0)
            break;
        n = read(fd, reply, sizeof(reply) - 1);
        if (n <= 0)
            break;
        reply[n] = 0;
        printf("%s\n", reply);
    }
    close(fd);
    return 0;
}
