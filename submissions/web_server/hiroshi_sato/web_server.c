/*
 * Web server, one request at a time.  gcc -o web_server web_server.c ; ./web_server
 * Then open http://localhost:6789/index.html
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <signal.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <netinet/in.h>

#define PORT 6789
#define ROOM 512

static void send_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t n = send(fd, data, size, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        data += n;
        size -= n;
    }
}

static void answer(int fd, const char *status, const char *type, const char *body, size_t size)
{
    char head[300];
    int n = snprintf(head, sizeof head,
                     "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                     "Connection: close\r\n\r\n", status, type, size);
    send_all(fd, head, n);
    send_all(fd, body, size);
}

static void complain(int fd, const char *status)
{
    char page[200];
    int n = snprintf(page, sizeof page, "<h1>%s</h1>\n", status);
    answer(fd, status, "text/html", page, n);
}

static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (dot && (!strcasecmp(dot, ".html") || !strcasecmp(dot, ".htm")))
        return "text/html";
    if (dot && !strcasecmp(dot, ".png"))
        return "image/png";
    if (dot && !strcasecmp(dot, ".jpg"))
        return "image/jpeg";
    return "text/plain";
}

static void serve_file(int fd, const char *target)
{
    struct stat info;
    const char *name = target + 1;
    FILE *file;
    char *body;

    if (target[0] != '/' || strstr(target, "..") || name[0] == '/') {
        complain(fd, "403 Forbidden");
        return;
    }
    if (name[0] == '\0')
        name = "index.html";
    if (stat(name, &info) != 0 || !S_ISREG(info.st_mode) || !(file = fopen(name, "rb"))) {
        complain(fd, "404 Not Found");
        return;
    }
    body = malloc(info.st_size + 1);
    if (body && fread(body, 1, info.st_size, file) == (size_t)info.st_size)
        answer(fd, "200 OK", type_of(name), body, info.st_size);
    free(body);
    fclose(file);
}

/* Reads up to the empty line.  0: whoever it was has left. */
static int read_request(int fd, char *request)
{
    int have = 0;

    request[0] = '\0';
    while (!strstr(request, "\r\n\r\n")) {
        int n = recv(fd, request + have, ROOM - 1 - have, 0);
        if (n <= 0)
            return 0;
        have += n;
        request[have] = '\0';
    }
    return have;
}

int main(void)
{
    struct sockaddr_in addr = {0};
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(PORT);
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(listener, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(listener, 10) < 0) {
        perror("web_server");
        return 1;
    }
    printf("web server at port %d\n", PORT);
    for (;;) {
        char request[ROOM], method[16], target[300];
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        if (read_request(fd, request)) {
            if (sscanf(request, "%15s %299s HTTP/", method, target) != 2)
                complain(fd, "400 Bad Request");
            else if (strcmp(method, "GET") != 0)
                complain(fd, "501 Not Implemented");
            else
                serve_file(fd, target);
        }
        close(fd);
    }
}
