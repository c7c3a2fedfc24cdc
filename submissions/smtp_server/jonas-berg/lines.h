#ifndef LINES_H
#define LINES_H

/* Reads lines from a socket and writes answers to it. */
struct peer {
    int fd;
    int used, filled;
    char buffer[2048];
};

/* Next line without CR and LF, at most size - 1 bytes; -1 if the peer has gone. */
int read_line(struct peer *peer, char *line, int size);

/* Sends code and text as one line; -1 if the peer has gone. */
int answer(struct peer *peer, int code, const char *text);

#endif
