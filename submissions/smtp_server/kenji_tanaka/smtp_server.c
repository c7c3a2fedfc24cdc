#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

#define BUFFER 8192

struct session {
    int sock;
    char buffer[BUFFER];   /* what has come and is not used yet */
    int length;
    int helo, mail, rcpt;
};

static void reply(struct session *s, const char *text)
{
    send(s->sock, text, strlen(text), MSG_NOSIGNAL);
    send(s->sock, "\r\n", 2, MSG_NOSIGNAL);
}

/* waits until `end` has come; returns what is before it, or NULL if the client is gone */
static char *read_until(struct session *s, const char *end, char *out)
{
    for (;;) {
        char *found;
        int n;
        s->buffer[s->length] = '\0';
        found = strstr(s->buffer, end);
        if (found) {
            int size = found - s->buffer, used = size + strlen(end);
            memcpy(out, s->buffer, size);
            out[size] = '\0';
            s->length -= used;
            memmove(s->buffer, s->buffer + used, s->length);
            return out;
        }
        n = recv(s->sock, s->buffer + s->length, BUFFER - 1 - s->length, 0);
        if (n <= 0)
            return NULL;
        s->length += n;
    }
}

static void handle(int sock)
{
    static struct session s;
    static char line[BUFFER];
    memset(&s, 0, sizeof s);
    s.sock = sock;
    reply(&s, "220 Kenji's SMTP server");
    while (read_until(&s, "\r\n", line)) {
        if (!strncasecmp(line, "HELO", 4) || !strncasecmp(line, "EHLO", 4)) {
            s.helo = 1;
            reply(&s, "250 Konnichiwa");
        } else if (!strncasecmp(line, "MAIL FROM:", 10)) {
            s.mail = s.helo;
            reply(&s, s.mail ? "250 OK" : "503 Say HELO");
        } else if (!strncasecmp(line, "RCPT TO:", 8)) {
            s.rcpt = s.mail;
            reply(&s, s.rcpt ? "250 OK" : "503 Say MAIL");
        } else if (!strcasecmp(line, "DATA")) {
            if (!s.rcpt) {
                reply(&s, "503 Say RCPT");
                continue;
            }
            reply(&s, "354 Ready");
            if (!read_until(&s, "\r\n.\r\n", line))
                return;
            printf("%s\n", line);
            s.mail = s.rcpt = 0;
            reply(&s, "250 Thank you");
        } else if (!strcasecmp(line, "QUIT")) {
            reply(&s, "221 Sayonara");
            return;
        } else {
            reply(&s, "500 Pardon?");
        }
    }
}

int main(void)
{
    int server, client, one = 1;
    struct sockaddr_in name;

    server = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_port = htons(2525);
    name.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(server, (struct sockaddr *)&name, sizeof name) == -1) {
        perror("bind");
        exit(1);
    }
    listen(server, 5);
    printf("ready\n");
    while ((client = accept(server, NULL, NULL)) != -1) {
        handle(client);
        close(client);
    }
    return 0;
}
