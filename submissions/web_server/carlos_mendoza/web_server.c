#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define PORT 6789

const char *get_type(const char *file) {
    const char *ext = strrchr(file, '.');
    if (ext == NULL) return "text/plain";
    if (strcmp(ext, ".html") == 0) return "text/html";
    if (strcmp(ext, ".png") == 0) return "image/png";
    if (strcmp(ext, ".gif") == 0) return "image/gif";
    return "text/plain";
}

void error(int sock, const char *status) {
    char answer[300];
    sprintf(answer, "HTTP/1.1 %s\nContent-Type: text/html\n\n<html><body>%s</body></html>\n", status, status);
    write(sock, answer, strlen(answer));
}

void handle(int sock) {
    char request[4096], method[10], file[256], header[300], block[1024];
    int n, fd, total = 0;

    memset(request, 0, sizeof(request));
    do {
        n = read(sock, request + total, sizeof(request) - 1 - total);
        if (n <= 0)
            return;
        total += n;
    } while (strstr(request, "\r\n\r\n") == NULL);

    if (sscanf(request, "%9s /%255s", method, file) != 2) {
        error(sock, "400 Bad Request");
        return;
    }
    if (strcmp(method, "GET") != 0) {
        error(sock, "405 Method Not Allowed");
        return;
    }
    if (strstr(file, "..") != NULL || file[0] == '/') {
        error(sock, "403 Forbidden");
        return;
    }
    fd = open(file, O_RDONLY);
    if (fd < 0) {
        error(sock, "404 Not Found");
        return;
    }
    sprintf(header, "HTTP/1.1 200 OK\nContent-Type: %s\nConnection: close\n\n", get_type(file));
    write(sock, header, strlen(header));
    while ((n = read(fd, block, sizeof(block))) > 0)
        write(sock, block, n);
    close(fd);
}

int main() {
    struct sockaddr_in addr;
    int server, sock, opt = 1;

    signal(SIGPIPE, SIG_IGN);
    server = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(PORT);
    addr.sin_addr.s_addr = INADDR_ANY;
    if (bind(server, (struct sockaddr *)&addr, sizeof(addr)) == -1) {
        perror("bind");
        return 1;
    }
    listen(server, 5);
    printf("Server running on port %d\n", PORT);
    while (1) {
        sock = accept(server, NULL, NULL);
        if (sock < 0)
            continue;
        handle(sock);
        close(sock);
    }
}
