#ifndef HTTP_H
#define HTTP_H

#define PORT 6789
#define MAX_REQUEST 8192

struct request {
    char method[16];
    char path[1024];
};

/* Reads a request up to the empty line.
 * Returns 1 if there is one, 0 if it makes no sense, -1 if the browser is gone. */
int read_request(int conn, struct request *req);

/* Sends the file that was asked for, or an error page. */
void respond(int conn, const struct request *req);

/* Sends a short page for a status that is not 200. */
void send_error(int conn, int status, const char *reason);

#endif
