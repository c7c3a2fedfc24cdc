/* A web server that answers one request at a time. Noah Fischer, tutorial group B. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include "http.h"

int main(void)
{
    struct sockaddr_in addr;
    struct request req;
    int yes = 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(PORT);
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);   /* nobody outside needs it */
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(listener, 16) < 0) {
        perror("webserver");
        return 1;
    }
    printf("open http://localhost:%d/ in a browser\n", PORT);

    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn < 0)
            continue;
        int ok = read_request(conn, &req);
        if (ok == 1) {
            printf("%s %s\n", req.method, req.path);
            respond(conn, &req);
        } else if (ok == 0) {
            send_error(conn, 400, "Bad Request");
        }
        close(conn);
    }
}
