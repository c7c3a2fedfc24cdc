/*
 * Web server: one HTTP request at a time, files from the directory it is started in.
 *
 *     make
 *     ./server [port]          then open http://localhost:6789/ in a browser
 *
 * Methods GET and HEAD. Every response says how long it is and that the connection will be
 * closed after it. Whatever cannot be served is answered with an error page:
 *
 *     400  the request line cannot be understood     408  the request did not come in time
 *     403  a file we may not read                    431  header lines without end
 *     404  no such file in our directory             505  not HTTP/1.x
 *     405  another method
 *
 * The functions below hand such a status to their caller; STATUS_OK means "go on".
 */

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SERVER_PORT 6789
#define WAITING_CLIENTS 16
#define MAX_HEAD (16 * 1024) /* bytes of request line and header lines */
#define CLIENT_TIMEOUT 10000 /* milliseconds; a client that stalls makes all the others wait */

enum {
    STATUS_NOTHING_ASKED = 0, /* the client left without a word: nothing to answer */
    STATUS_OK = 200,
    STATUS_BAD_REQUEST = 400,
    STATUS_FORBIDDEN = 403,
    STATUS_NOT_FOUND = 404,
    STATUS_METHOD_NOT_ALLOWED = 405,
    STATUS_TIMEOUT = 408,
    STATUS_HEAD_TOO_LARGE = 431,
    STATUS_VERSION_NOT_SUPPORTED = 505
};

/* A request, and what was found for it. */
struct request {
    char head[MAX_HEAD + 1]; /* as received, with a '\0' at its end */
    size_t head_length;
    char *line;   /* the request line, whole */
    int is_head;  /* HEAD: the same header lines, but no body */
    char *target; /* the target of the request line, then decoded to a path */
    int file;     /* descriptor of the file to send, or -1 */
    off_t file_size;
    const char *content_type;
};

/* Where the files are: the real name of the current directory. */
static char document_root[PATH_MAX];

/* ---- tables ----------------------------------------------------------------------- */

static const char *reason_phrase(int status)
{
    switch (status) {
    case STATUS_OK: return "OK";
    case STATUS_BAD_REQUEST: return "Bad Request";
    case STATUS_FORBIDDEN: return "Forbidden";
    case STATUS_NOT_FOUND: return "Not Found";
    case STATUS_METHOD_NOT_ALLOWED: return "Method Not Allowed";
    case STATUS_TIMEOUT: return "Request Timeout";
    case STATUS_HEAD_TOO_LARGE: return "Request Header Fields Too Large";
    default: return "HTTP Version Not Supported";
    }
}

/* The media type of a file; a browser guesses nothing from the name, it believes us. */
static const char *content_type_of(const char *name)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"},
        {".htm", "text/html; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".svg", "image/svg+xml"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".pdf", "application/pdf"},
    };
    const char *file_name = strrchr(name, '/') ? strrchr(name, '/') : name;
    const char *extension = strrchr(file_name, '.');
    for (size_t i = 0; extension && i < sizeof types / sizeof types[0]; i++)
        if (strcasecmp(extension, types[i][0]) == 0)
            return types[i][1];
    return "application/octet-stream";
}

/* ---- reading the request ---------------------------------------------------------- */

/* Does the head contain the blank line that ends it? */
static int has_blank_line(const struct request *request)
{
    return strstr(request->head, "\n\r\n") || strstr(request->head, "\n\n");
}

static long long milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now); /* unlike time(), never set back or forward */
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static long long deadline_in(long long milliseconds)
{
    return milliseconds_now() + milliseconds;
}

/* Waits until there is something to receive (POLLIN), or room to send (POLLOUT).
 * Returns 0 when the deadline has passed. */
static int wait_for(short event, int connection, long long deadline)
{
    struct pollfd socket = {.fd = connection, .events = event};
    int ready;
    do {
        long long left = deadline - milliseconds_now();
        ready = poll(&socket, 1, left > 0 ? (int)left : 0);
    } while (ready < 0 && errno == EINTR);
    return ready != 0;
}

/* Receives the request up to its blank line. TCP is a stream: it may arrive in any number
 * of pieces, so go on until the blank line is there. The deadline is for all of them. */
static int read_head(int connection, struct request *request)
{
    long long deadline = deadline_in(CLIENT_TIMEOUT);
    while (!has_blank_line(request)) {
        size_t length = request->head_length;
        if (length == MAX_HEAD)
            return STATUS_HEAD_TOO_LARGE;
        if (!wait_for(POLLIN, connection, deadline))
            return length > 0 ? STATUS_TIMEOUT : STATUS_NOTHING_ASKED;

        ssize_t received = recv(connection, request->head + length, MAX_HEAD - length, 0);
        if (received < 0)
            return STATUS_NOTHING_ASKED; /* a reset: nobody is there to read an answer */
        if (received == 0)
            return length > 0 ? STATUS_BAD_REQUEST : STATUS_NOTHING_ASKED;
        if (memchr(request->head + length, '\0', (size_t)received))
            return STATUS_BAD_REQUEST; /* no text at all, and the end of a C string */
        request->head_length = length + (size_t)received;
        request->head[request->head_length] = '\0';
    }
    return STATUS_OK;
}

/* Cuts the first line out of the head; empty lines before it are forgiven, as the RFC asks. */
static void take_request_line(struct request *request)
{
    request->line = request->head + strspn(request->head, "\r\n");
    request->line[strcspn(request->line, "\n")] = '\0';
    size_t length = strlen(request->line);
    if (length > 0 && request->line[length - 1] == '\r')
        request->line[length - 1] = '\0';
}

/* Is this `HTTP/`, a digit, a dot and a digit? */
static int is_http_version(const char *text)
{
    return strlen(text) == strlen("HTTP/1.1") && strncmp(text, "HTTP/", 5) == 0 &&
           isdigit((unsigned char)text[5]) && text[6] == '.' && isdigit((unsigned char)text[7]);
}

/* Splits `GET /index.html HTTP/1.1`: three words with one space between them. */
static int parse_request_line(struct request *request)
{
    static char method[MAX_HEAD + 1]; /* a copy to cut up; the line itself is for the log */
    strcpy(method, request->line);    /* fits: the line is part of a head of that size */
    char *first_space = strchr(method, ' ');
    char *last_space = strrchr(method, ' ');
    if (!first_space || first_space == last_space) /* fewer than three words */
        return STATUS_BAD_REQUEST;
    *first_space = *last_space = '\0';

    char *target = first_space + 1;
    char *version = last_space + 1;
    if (*method == '\0' || *target == '\0' || strpbrk(target, " \t\v\f\r") ||
        !is_http_version(version))
        return STATUS_BAD_REQUEST;
    if (version[5] != '1')
        return STATUS_VERSION_NOT_SUPPORTED;

    request->is_head = strcmp(method, "HEAD") == 0;
    if (!request->is_head && strcmp(method, "GET") != 0)
        return STATUS_METHOD_NOT_ALLOWED;
    request->target = target;
    return STATUS_OK;
}

/* ---- finding the file ------------------------------------------------------------- */

/* Turns %41 into A, in place: the text only gets shorter. Returns 0 on a broken escape,
 * or if a '\0' comes out, which would end the name before its end. */
static int decode_escapes(char *text)
{
    char *out = text;
    for (const char *in = text; *in != '\0'; in++, out++) {
        *out = *in;
        if (*in == '%') {
            if (!isxdigit((unsigned char)in[1]) || !isxdigit((unsigned char)in[2]))
                return 0;
            char digits[3] = {in[1], in[2], '\0'};
            *out = (char)strtol(digits, NULL, 16);
            if (*out == '\0')
                return 0;
            in += 2;
        }
    }
    *out = '\0';
    return 1;
}

/* Is `..` one of the segments of the path? (`/a..b` is an innocent name.) */
static int has_parent_segment(const char *path)
{
    for (const char *segment = path; segment; segment = strchr(segment, '/')) {
        segment += *segment == '/';
        if (strncmp(segment, "..", 2) == 0 && (segment[2] == '/' || segment[2] == '\0'))
            return 1;
    }
    return 0;
}

/* Is this real name below our directory? Comparing the beginning alone would let
 * `/site-secret` pass for a part of `/site`: the next character has to be a slash. */
static int is_inside_root(const char *real_name)
{
    size_t length = strlen(document_root);
    if (strcmp(document_root, "/") == 0)
        return 1;
    return strncmp(real_name, document_root, length) == 0 && real_name[length] == '/';
}

/* Turns the target into the real name of a file that is certainly in our directory. */
static int find_file(struct request *request, char real_name[PATH_MAX])
{
    char *path = request->target;
    path[strcspn(path, "?")] = '\0'; /* a query string names no file */
    /* Decode first, check afterwards: %2e%2e is `..` and %2f is `/`. */
    if (path[0] != '/' || !decode_escapes(path))
        return STATUS_BAD_REQUEST;
    /* Browsers take `..` out before they ask: one that arrives here is up to no good. */
    if (has_parent_segment(path))
        return STATUS_NOT_FOUND;

    char name[PATH_MAX + MAX_HEAD + sizeof "index.html"];
    const char *page = path[strlen(path) - 1] == '/' ? "index.html" : "";
    snprintf(name, sizeof name, "%s%s%s", document_root, path, page);
    /* realpath follows symbolic links, so a link that leads outside is noticed too.
     * 404 rather than 403: not even whether a file outside exists is anyone's business. */
    if (!realpath(name, real_name) || !is_inside_root(real_name))
        return STATUS_NOT_FOUND;
    return STATUS_OK;
}

/* Opens the file to send. Only a regular one: to open a pipe could take for ever. */
static int open_file(struct request *request, const char *real_name)
{
    struct stat info;
    if (stat(real_name, &info) < 0 || !S_ISREG(info.st_mode))
        return STATUS_NOT_FOUND;
    request->file = open(real_name, O_RDONLY);
    if (request->file < 0)
        return errno == EACCES ? STATUS_FORBIDDEN : STATUS_NOT_FOUND;
    request->file_size = info.st_size;
    request->content_type = content_type_of(real_name);
    return STATUS_OK;
}

/* ---- sending the response --------------------------------------------------------- */

/* Sends all bytes: send() may take only part of them. A client that stops reading must not
 * hold the others up, so send() never waits here (MSG_DONTWAIT), we do, up to a limit.
 * Returns 0, or -1 when the client is lost. */
static int send_all(int connection, const char *bytes, size_t length)
{
    long long deadline = deadline_in(CLIENT_TIMEOUT);
    while (length > 0) {
        if (!wait_for(POLLOUT, connection, deadline))
            return -1;
        ssize_t sent = send(connection, bytes, length, MSG_DONTWAIT);
        if (sent < 0)
            return -1;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 0;
}

/* Sends status line and header lines, the blank line included. */
static int send_head(int connection, int status, const char *content_type, long long length)
{
    char date[64];
    time_t now = time(NULL);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&now));

    char head[512];
    snprintf(head, sizeof head,
             "HTTP/1.1 %d %s\r\n"
             "Date: %s\r\n"
             "Content-Type: %s\r\n"
             "Content-Length: %lld\r\n"
             "Connection: close\r\n"
             "%s"
             "\r\n",
             status, reason_phrase(status), date, content_type, length,
             status == STATUS_METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "");
    return send_all(connection, head, strlen(head));
}

/* Sends exactly as many bytes of the file as the head has promised. */
static int send_file_bytes(int connection, int file, off_t left)
{
    char piece[16 * 1024];
    while (left > 0) {
        size_t wanted = left < (off_t)sizeof piece ? (size_t)left : sizeof piece;
        ssize_t length = read(file, piece, wanted);
        if (length <= 0 || send_all(connection, piece, (size_t)length) < 0)
            return -1;
        left -= length;
    }
    return 0;
}

static int send_file(int connection, const struct request *request)
{
    if (send_head(connection, STATUS_OK, request->content_type, request->file_size) < 0)
        return -1;
    return request->is_head ? 0 : send_file_bytes(connection, request->file, request->file_size);
}

/* Sends a small HTML page; it quotes nothing of what the client sent. */
static int send_error_page(int connection, int status, int is_head)
{
    char page[256];
    snprintf(page, sizeof page,
             "<!DOCTYPE html>\n<html><head><title>%d %s</title></head>\n"
             "<body><h1>%d %s</h1></body></html>\n",
             status, reason_phrase(status), status, reason_phrase(status));
    if (send_head(connection, status, "text/html; charset=utf-8", (long long)strlen(page)) < 0)
        return -1;
    return is_head ? 0 : send_all(connection, page, strlen(page));
}

/* Ends the response, then drops what the client still has to say (a POST's body).
 * Closing a socket with unread bytes sends a reset, which may destroy the response before
 * the client has read it. The wait is short, and limited. */
static void finish(int connection)
{
    char unread[16 * 1024];
    shutdown(connection, SHUT_WR);
    for (int i = 0; i < 64; i++)
        if (!wait_for(POLLIN, connection, deadline_in(200)) ||
            recv(connection, unread, sizeof unread, 0) <= 0)
            return;
}

/* ---- putting it together ---------------------------------------------------------- */

/* Logs one request. Control characters must not paint on our terminal. */
static void log_request(const char *line, int status)
{
    putchar('\'');
    for (; line && *line != '\0'; line++)
        putchar(isprint((unsigned char)*line) ? *line : '?');
    printf("' -> %d %s\n", status, reason_phrase(status));
}

/* Reads the request and looks for its file. */
static int understand(int connection, struct request *request)
{
    char real_name[PATH_MAX];
    int status = read_head(connection, request);
    if (status != STATUS_OK)
        return status;
    take_request_line(request);
    if ((status = parse_request_line(request)) != STATUS_OK)
        return status;
    if ((status = find_file(request, real_name)) != STATUS_OK)
        return status;
    return open_file(request, real_name);
}

/* Answers the one request of this connection. */
static void serve_client(int connection)
{
    static struct request request; /* static: 16 KiB need not lie on the stack */
    memset(&request, 0, sizeof request);
    request.file = -1;

    int status = understand(connection, &request);
    if (status == STATUS_NOTHING_ASKED)
        return; /* browsers open connections ahead and may never use them */
    log_request(request.line, status);

    int sent = status == STATUS_OK ? send_file(connection, &request)
                                   : send_error_page(connection, status, request.is_head);
    if (sent < 0)
        printf("Client lost\n"); /* it left, or stopped reading: its own affair */
    else
        finish(connection);
    if (request.file >= 0)
        close(request.file);
}

/* Ends the program over something it cannot live without. */
static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* The port named on the command line, or the usual one. */
static int port_from(int argc, char **argv)
{
    if (argc < 2)
        return SERVER_PORT;

    char *end;
    long port = strtol(argv[1], &end, 10);
    if (*end != '\0' || port < 1 || port > 65535) {
        fprintf(stderr, "usage: %s [port]\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    return (int)port;
}

/* A TCP socket listening on the port on every address of this machine. */
static int open_listening_socket(int port)
{
    int listening_socket = socket(AF_INET, SOCK_STREAM, 0);
    if (listening_socket < 0)
        die("socket");

    /* The server closes first, so its connections stay in TIME_WAIT for a minute.
     * Without SO_REUSEADDR a restarted server could not bind its port till then. */
    int yes = 1;
    if (setsockopt(listening_socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0)
        die("setsockopt");

    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons((unsigned short)port); /* network byte order */
    if (bind(listening_socket, (struct sockaddr *)&address, sizeof address) < 0)
        die("bind");
    if (listen(listening_socket, WAITING_CLIENTS) < 0)
        die("listen");
    return listening_socket;
}

int main(int argc, char **argv)
{
    /* Sending to a client that has gone raises SIGPIPE, which would end the program.
     * Ignored, it becomes an error that send() returns. */
    signal(SIGPIPE, SIG_IGN);
    /* Lines appear at once, also when stdout is not a terminal. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!realpath(".", document_root))
        die("current directory");

    int port = port_from(argc, argv);
    int listening_socket = open_listening_socket(port);
    printf("The web server is ready at http://localhost:%d/\n", port);
    for (;;) {
        int connection = accept(listening_socket, NULL, NULL);
        if (connection < 0) {
            perror("accept"); /* the client left before its turn: take the next one */
            continue;
        }
        serve_client(connection);
        close(connection);
    }
}
