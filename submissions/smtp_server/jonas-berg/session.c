#include "session.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lines.h"

enum { NEW, READY, MAIL, RCPT };

static int starts(const char *line, const char *word)
{
    return strncasecmp(line, word, strlen(word)) == 0;
}

/* Writes the message to stdout. */
static int receive_data(struct peer *peer)
{
    char line[1100];
    if (answer(peer, 354, "Start mail input; end with <CRLF>.<CRLF>") < 0)
        return -1;
    while (read_line(peer, line, sizeof line) >= 0) {
        if (strcmp(line, ".") == 0)
            return answer(peer, 250, "Mail taken");
        printf("| %s\n", line[0] == '.' ? line + 1 : line);
    }
    return -1;
}

static int step(struct peer *peer, const char *line, int *state)
{
    if (starts(line, "HELO") || starts(line, "EHLO")) {
        *state = READY;
        return answer(peer, 250, "Nice to meet you");
    }
    if (starts(line, "NOOP"))
        return answer(peer, 250, "OK");
    if (starts(line, "MAIL FROM:")) {
        if (*state != READY)
            return answer(peer, 503, "Bad sequence of commands");
        *state = MAIL;
        return answer(peer, 250, "Sender OK");
    }
    if (starts(line, "RCPT TO:")) {
        if (*state < MAIL)
            return answer(peer, 503, "Bad sequence of commands");
        *state = RCPT;
        return answer(peer, 250, "Recipient OK");
    }
    if (starts(line, "DATA")) {
        if (*state != RCPT)
            return answer(peer, 503, "Bad sequence of commands");
        *state = READY;
        return receive_data(peer);
    }
    return answer(peer, 500, "Syntax error, command unrecognized");
}

void run_session(int fd)
{
    struct peer peer = {.fd = fd};
    char line[1100];
    int state = NEW;

    if (answer(&peer, 220, "jonas SMTP") < 0)
        return;
    while (read_line(&peer, line, sizeof line) >= 0) {
        printf("> %s\n", line);
        if (starts(line, "QUIT")) {
            answer(&peer, 221, "Closing channel");
            return;
        }
        if (step(&peer, line, &state) < 0)
            return;
    }
}
