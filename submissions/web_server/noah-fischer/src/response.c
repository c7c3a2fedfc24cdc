#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "http.h"

static const struct {
    const char *ending, *type;
} types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".htm",  "text/html; charset=utf-8" },
    { ".css",  "text/css" },
    { ".txt",  "text/plain; charset=utf-8" },
    { ".png",  "image/png" },
    { ".jpg",  "image/jpeg" },
    { ".gif",  "image/gif" },
};

static const char *type_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    size_t i;

    if (dot != NULL)
        for (i = 0; i < sizeof types / sizeof types[0]; i++)
            if (strcasecmp(dot, types[i].ending) == 0)
                return types[i].type;
    return "application/octet-stream";
}

static int send_all(int conn, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = send(conn, data, len, MSG_NOSIGNAL);
        if (n <= 0)
            return -1;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

static int send_header(int conn, int status, const char *reason, const char *type, long length)
{
    char header[512];

    snprintf(header, sizeof header,
             "HTTP/1.1 %d %s\r\n"
             "Server: noah\r\n"
             "Content-Type: %s\r\n"
             "Content-Length: %ld\r\n"
             "Connection: close\r\n"
             "\r\n", status, reason, type, length);
    return send_all(conn, header, strlen(header));
}

void send_error(int conn, int status, const char *reason)
{
    char page[256];

    snprintf(page, sizeof page, "<html><body><h1>%d %s</h1></body></html>\n", status, reason);
    if (send_header(conn, status, reason, "text/html", (long)strlen(page)) == 0)
        send_all(conn, page, strlen(page));
}

void respond(int conn, const struct request *req)
{
    char block[4096];
    struct stat st;
    FILE *file;
    size_t n;
    const char *name = req->path + 1;

    if (strcmp(req->method, "GET") != 0) {
        send_error(conn, 405, "Method Not Allowed");
        return;
    }
    if (strcmp(req->path, "/") == 0)
        name = "index.html";
    if (strstr(name, "..") != NULL || name[0] == '/') {
        send_error(conn, 403, "Forbidden");
        return;
    }
    if (stat(name, &st) != 0 || !S_ISREG(st.st_mode) || (file = fopen(name, "rb")) == NULL) {
        send_error(conn, 404, "Not Found");
        return;
    }
    if (send_header(conn, 200, "OK", type_of(name), (long)st.st_size) == 0)
        while ((n = fread(block, 1, sizeof block, file)) > 0)
            if (send_all(conn, block, n) < 0)
                break;
    fclose(file);
}
