/*
 * http_server.c - serves the files of this folder on port 6789
 * Omar Farouk, lab 4
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define PORT 6789
#define REQUEST_SIZE 8000

static void send_text(int client, const char *text)
{
    send(client, text, strlen(text), MSG_NOSIGNAL);
}

static int ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name), e = strlen(ending);
    return n >= e && strcmp(name + n - e, ending) == 0;
}

static void send_file(int client, const char *name)
{
    struct stat info;
    char header[200], data[2048];
    size_t n;
    FILE *file;

    if (strchr(name, '/') || stat(name, &info) < 0 || !S_ISREG(info.st_mode)
        || !(file = fopen(name, "rb"))) {
        send_text(client, "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n404 Not Found");
        return;
    }
    sprintf(header, "HTTP/1.1 200 OK\r\nContent-Length: %ld\r\n", (long)info.st_size);
    send_text(client, header);
    /* text needs no type, only pictures do */
    if (ends_with(name, ".png"))
        send_text(client, "Content-Type: image/png\r\n");
    else if (ends_with(name, ".jpg"))
        send_text(client, "Content-Type: image/jpeg\r\n");
    send_text(client, "\r\n");
    while ((n = fread(data, 1, sizeof data, file)) > 0)
        send(client, data, n, MSG_NOSIGNAL);
    fclose(file);
}

static void serve(int client)
{
    char request[REQUEST_SIZE] = "", method[20], path[300];
    int size = 0, n;

    while (!strstr(request, "\r\n\r\n")) {
        n = recv(client, request + size, REQUEST_SIZE - 1 - size, 0);
        if (n <= 0)
            return;
        size += n;
        request[size] = 0;
    }
    n = sscanf(request, "%19s /%299s", method, path);
    if (n < 2)
        send_text(client, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    else if (strcmp(method, "GET"))
        send_text(client, "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n");
    else
        send_file(client, path);
}

int main(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, client;

    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) {
        perror("bind");
        return EXIT_FAILURE;
    }
    listen(listener, 5);
    for (;;) {
        client = accept(listener, NULL, NULL);
        serve(client);
        close(client);
    }
}
