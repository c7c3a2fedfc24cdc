#include <netinet/in.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MANY 100
#define LONG 2000

struct guest {
    char name[64];
    char line[LONG];
    size_t used;
};

static struct pollfd fds[MANY]; /* 0 is the listening socket */
static struct guest guests[MANY];
static int count = 1;

static void tell(int to, const char *format, ...)
{
    char text[LONG + 100];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text - 1, format, args);
    va_end(args);
    strcat(text, "\n");
    send(fds[to].fd, text, strlen(text), MSG_NOSIGNAL);
}

static void leave(int i)
{
    char name[64];

    strcpy(name, guests[i].name);
    close(fds[i].fd);
    count--;
    fds[i] = fds[count];
    guests[i] = guests[count];
    for (int k = 1; k < count; k++)
        tell(k, "%s left", name);
}

/* false: this guest is gone */
static int take_line(int i, char *line)
{
    struct guest *g = &guests[i];

    line[strcspn(line, "\r")] = 0;
    if (!g->name[0]) {
        snprintf(g->name, sizeof g->name, "%.60s", line);
        tell(i, "Welcome, %s", g->name);
        for (int k = 1; k < count; k++)
            if (k != i)
                tell(k, "%s joined", g->name);
        return 1;
    }
    if (!strcmp(line, "/quit")) {
        leave(i);
        return 0;
    }
    for (int k = 1; k < count; k++)
        if (k != i)
            tell(k, "%s: %s", g->name, line);
    return 1;
}

static void hear(int i)
{
    struct guest *g = &guests[i];
    ssize_t n = recv(fds[i].fd, g->line + g->used, sizeof g->line - g->used - 1, 0);
    char *end;

    if (n <= 0) {
        leave(i);
        return;
    }
    g->used += n;
    g->line[g->used] = 0;
    while ((end = strchr(g->line, '\n'))) {
        *end = 0;
        if (!take_line(i, g->line))
            return;
        g->used -= end + 1 - g->line;
        memmove(g->line, end + 1, g->used + 1);
    }
}

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(9000)};
    int on = 1;

    fds[0].fd = socket(AF_INET, SOCK_STREAM, 0);
    fds[0].events = POLLIN;
    setsockopt(fds[0].fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fds[0].fd, (struct sockaddr *)&a, sizeof a) || listen(fds[0].fd, 20)) {
        perror("server");
        return 1;
    }
    puts("chat room on port 9000");
    for (;;) {
        poll(fds, count, -1);
        for (int i = count - 1; i > 0; i--)
            if (fds[i].revents)
                hear(i);
        if (fds[0].revents && count < MANY) {
            memset(&guests[count], 0, sizeof guests[count]);
            fds[count].fd = accept(fds[0].fd, NULL, NULL);
            fds[count].events = POLLIN;
            fds[count++].revents = 0;
        }
    }
}
