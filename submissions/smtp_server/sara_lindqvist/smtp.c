#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <signal.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* The client needs only the code. */
static void code(int c, int number)
{
    char text[8];
    sprintf(text, "%d\r\n", number);
    write(c, text, strlen(text));
}

static int readln(FILE *in, char *line, int max)
{
    if (!fgets(line, max, in))
        return 0;
    line[strcspn(line, "\r\n")] = 0;
    return 1;
}

static void smtp(int c)
{
    FILE *in = fdopen(dup(c), "r");
    char line[1024];
    int state = 0;
    code(c, 220);
    while (readln(in, line, sizeof line)) {
        if (strncasecmp(line, "helo ", 5) == 0 || strncasecmp(line, "ehlo ", 5) == 0) {
            state = 1;
            code(c, 250);
        } else if (strncasecmp(line, "mail from:", 10) == 0) {
            if (state < 1) { code(c, 503); continue; }
            state = 2;
            code(c, 250);
        } else if (strncasecmp(line, "rcpt to:", 8) == 0) {
            if (state < 2) { code(c, 503); continue; }
            state = 3;
            code(c, 250);
        } else if (strcasecmp(line, "data") == 0) {
            if (state < 3) { code(c, 503); continue; }
            code(c, 354);
            do {
                if (!readln(in, line, sizeof line)) break;
            } while (strcmp(line, ".") != 0);
            state = 1;
            code(c, 250);
        } else if (strcasecmp(line, "quit") == 0) {
            code(c, 221);
            break;
        } else {
            code(c, 500);
        }
    }
    fclose(in);
}

int main()
{
    int s = socket(PF_INET, SOCK_STREAM, 0), c, yes = 1;
    struct sockaddr_in a = {0};
    signal(SIGPIPE, SIG_IGN);
    a.sin_family = AF_INET;
    a.sin_port = htons(2525);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 5)) {
        perror("smtp");
        return 1;
    }
    while ((c = accept(s, 0, 0)) >= 0) {
        smtp(c);
        close(c);
    }
}
