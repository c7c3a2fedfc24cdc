#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include "http.h"

int read_request(int conn, struct request *req)
{
    char data[MAX_REQUEST + 1];
    size_t used = 0;

    data[0] = '\0';
    while (strstr(data, "\r\n\r\n") == NULL && used < MAX_REQUEST) {
        ssize_t n = recv(conn, data + used, MAX_REQUEST - used, 0);
        if (n <= 0)
            return -1;
        used += n;
        data[used] = '\0';
    }
    return sscanf(data, "%15s %1023s HTTP/", req->method, req->path) == 2;
}
