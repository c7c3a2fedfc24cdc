#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = 9000};
    struct pollfd both[2] = {{.fd = 0, .events = POLLIN}, {.events = POLLIN}};
    char text[2048];
    ssize_t n;

    a.sin_addr.s_addr = inet_addr("127.0.0.1");
    both[1].fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(both[1].fd, (struct sockaddr *)&a, sizeof a)) {
        perror("connect");
        return 1;
    }
    write(1, "name: ", 6);
    while (poll(both, 2, -1) > 0) {
        if (both[1].revents) {
            if ((n = read(both[1].fd, text, sizeof text)) <= 0)
                break;
            write(1, text, n);
        }
        if (both[0].revents) {
            if ((n = read(0, text, sizeof text)) <= 0)
                break;
            write(both[1].fd, text, n);
            if (n == 6 && !memcmp(text, "/quit\n", 6))
                break;
        }
    }
    close(both[1].fd);
    return 0;
}
