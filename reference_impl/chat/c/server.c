/*
 * Chat server: confirms every message with its length, until the client says Exit.
 *
 *     make
 *     ./server [port]
 *
 *     client sends        server replies
 *     Hi                  Your data was 2 bytes
 *     Exit                Disconnect             (and closes the connection)
 *
 * One conversation at a time. The protocol has no message boundaries of its own: what
 * one recv() returns is one message, so a client must wait for the reply before it goes on.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SERVER_PORT 1060
#define MAX_MESSAGE (64 * 1024) /* bytes taken in one recv */
#define WAITING_CLIENTS 16
#define EXIT_MESSAGE "Exit"

/* ---- small helpers ---------------------------------------------------------------- */

/* Ends the program over something it cannot live without. */
static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Prints an address as a pair: ('127.0.0.1', 1060). */
static void print_address(const struct sockaddr_in *address)
{
    char host[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &address->sin_addr, host, sizeof host);
    printf("('%s', %d)", host, ntohs(address->sin_port)); /* back from network order */
}

/* Our own end of a socket. */
static struct sockaddr_in local_address(int socket)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    memset(&address, 0, sizeof address);
    getsockname(socket, (struct sockaddr *)&address, &size);
    return address;
}

/* Sends all bytes: send() may take only part of them. Returns 0, or -1 on an error. */
static int send_all(int connection, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(connection, bytes, length, 0);
        if (sent < 0)
            return -1;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 0;
}

/* ---- the conversation ------------------------------------------------------------- */

/* Does the message say goodbye? A newline behind it (as `nc` adds) is fine. */
static int is_exit(const char *message, size_t length)
{
    while (length > 0 && (message[length - 1] == '\n' || message[length - 1] == '\r'))
        length--;
    /* memcmp, not strcmp: what comes from the network has no '\0' at its end. */
    return length == strlen(EXIT_MESSAGE) && memcmp(message, EXIT_MESSAGE, length) == 0;
}

static void print_message(const char *message, size_t length)
{
    printf("Received Message from Client: ");
    fwrite(message, 1, length, stdout); /* printf would stop at a zero byte */
    printf("\n");
}

/* Sends the reply to one message. Returns 0, or -1 on an error. */
static int send_reply(int connection, const char *message, size_t length)
{
    char reply[64];
    if (is_exit(message, length))
        snprintf(reply, sizeof reply, "Disconnect");
    else
        snprintf(reply, sizeof reply, "Your data was %zu bytes", length);
    return send_all(connection, reply, strlen(reply));
}

/* Answers message after message, until the client says Exit or is gone. */
static void converse(int connection)
{
    static char message[MAX_MESSAGE];
    for (;;) {
        ssize_t length = recv(connection, message, sizeof message, 0);
        if (length == 0) {
            printf("Client left without Exit\n");
            return;
        }
        if (length < 0) {
            perror("recv"); /* a reset ends this conversation, not the server */
            return;
        }
        print_message(message, (size_t)length);
        if (send_reply(connection, message, (size_t)length) < 0) {
            perror("send");
            return;
        }
        if (is_exit(message, (size_t)length)) {
            printf("Reply sent, Server socket closed\n");
            return;
        }
    }
}

/* ---- connections ------------------------------------------------------------------ */

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

    /* After Exit the server closes first, which leaves the connection in TIME_WAIT for a
     * minute. Without SO_REUSEADDR a restarted server could not bind till then. */
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

/* Waits for a client and holds one conversation; closes that connection only. */
static void serve_next_client(int listening_socket)
{
    struct sockaddr_in here = local_address(listening_socket);
    printf("Listening at ");
    print_address(&here);
    printf("\n");

    struct sockaddr_in client;
    socklen_t client_size = sizeof client;
    int connection = accept(listening_socket, (struct sockaddr *)&client, &client_size);
    if (connection < 0) {
        perror("accept"); /* the client left before its turn: take the next one */
        return;
    }

    here = local_address(connection);
    printf("The server now is connected to: ");
    print_address(&client);
    printf("\nSocket connects between ");
    print_address(&here);
    printf(" and ");
    print_address(&client);
    printf("\n");

    converse(connection);
    close(connection);
}

int main(int argc, char **argv)
{
    /* Sending to a client that has gone raises SIGPIPE, which would end the program.
     * Ignored, it becomes an error that send() returns. */
    signal(SIGPIPE, SIG_IGN);
    /* Lines appear at once, also when stdout is not a terminal. */
    setvbuf(stdout, NULL, _IOLBF, 0);

    int listening_socket = open_listening_socket(port_from(argc, argv));
    for (;;)
        serve_next_client(listening_socket);
}
