#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include "net.h"

void local_address(struct sockaddr_in *addr)
{
    memset(addr, 0, sizeof *addr);
    addr->sin_family = AF_INET;
    addr->sin_port = htons(PORT);
    addr->sin_addr.s_addr = inet_addr("127.0.0.1");
}

int send_all(int sock, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = send(sock, data, len, MSG_NOSIGNAL);
        if (n <= 0)
            return -1;
        data += n;
        len -= n;
    }
    return 0;
}
