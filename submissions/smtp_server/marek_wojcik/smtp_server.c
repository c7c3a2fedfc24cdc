#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define OK "250 OK\r\n"

static void say(FILE *out, const char *text)
{
    fputs(text, out);
    fflush(out);
}

static void talk(FILE *in, FILE *out)
{
    char line[2000];
    int in_data = 0, state = 0;

    say(out, "220 Marek's mail server\r\n");
    while (fgets(line, sizeof line, in)) {
        if (in_data) {
            if (strcmp(line, ".\r\n") == 0) {
                in_data = 0;
                say(out, OK);
            }
        } else if (!strncasecmp(line, "HELO", 4) || !strncasecmp(line, "EHLO", 4)) {
            state = 1;
            say(out, OK);
        } else if (!strncasecmp(line, "MAIL", 4)) {
            say(out, state >= 1 ? OK : "503 HELO?\r\n");
            state = state >= 1 ? 2 : state;
        } else if (!strncasecmp(line, "RCPT", 4)) {
            say(out, state >= 2 ? OK : "503 MAIL?\r\n");
            state = state >= 2 ? 3 : state;
        } else if (!strncasecmp(line, "DATA", 4)) {
            if (state == 3) {
                in_data = 1;
                state = 1;
                say(out, OK);
            } else {
                say(out, "503 RCPT?\r\n");
            }
        } else if (!strncasecmp(line, "QUIT", 4)) {
            say(out, "221 Bye\r\n");
            return;
        } else {
            say(out, "500 ?\r\n");
        }
    }
}

int main(void)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(2525);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(s, (struct sockaddr *)&a, sizeof a);
    listen(s, 5);
    for (;;) {
        int c = accept(s, NULL, NULL);
        FILE *in = fdopen(c, "r"), *out = fdopen(dup(c), "w");
        talk(in, out);
        fclose(out);
        fclose(in);
    }
}
