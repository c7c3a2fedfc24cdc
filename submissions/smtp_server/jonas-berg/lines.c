#include "lines.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int next_byte(struct peer *peer)
{
    if (peer->used == peer->filled) {
        peer->filled = read(peer->fd, peer->buffer, sizeof peer->buffer);
        peer->used = 0;
        if (peer->filled <= 0) {
            peer->filled = 0;
            return -1;
        }
    }
    return (unsigned char)peer->buffer[peer->used++];
}

int read_line(struct peer *peer, char *line, int size)
{
    int n = 0, c;
    while ((c = next_byte(peer)) != '\n') {
        if (c < 0)
            return -1;
        if (n < size - 1)
            line[n++] = c;
    }
    if (n > 0 && line[n - 1] == '\r')
        n--;
    line[n] = '\0';
    return n;
}

int answer(struct peer *peer, int code, const char *text)
{
    char line[600];
    int n = snprintf(line, sizeof line, "%d %.500s\r\n", code, text);
    return send(peer->fd, line, n, MSG_NOSIGNAL) == n ? 0 : -1;
}
