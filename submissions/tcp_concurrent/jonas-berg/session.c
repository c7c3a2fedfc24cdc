#include "session.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

void session(int fd)
{
    char buf[4096];
    ssize_t n;

    while ((n = read(fd, buf, sizeof buf)) > 0) {
        if (n == 4 && !memcmp(buf, "quit", 4))
            return;
        for (ssize_t i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        if (write(fd, buf, n) != n)
            return;
    }
}
