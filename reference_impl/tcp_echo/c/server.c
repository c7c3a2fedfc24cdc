/*
 * TCP echo server: one message per connection, answered in upper case.
 *
 *     gcc -Wall -Wextra -o server server.c
 *     ./server [port]
 *
 * For ever: accept a connection, receive once, send the upper-cased bytes, close that
 * connection. Clients are served one after the other.
 */

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SERVER_PORT 12000
#define MAX_MESSAGE (64 * 1024) /* bytes taken in one recv */
#define WAITING_CLIENTS 16

/* Upper-cases ASCII letters in place. All other bytes stay as they are, so UTF-8 text
 * survives. toupper() wants an unsigned char: a negative char would be out of bounds. */
static void upper_case(char *message, size_t length)
{
    for (size_t i = 0; i < length; i++)
        message[i] = (char)toupper((unsigned char)message[i]);
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

/* Ends the program over something it cannot live without. */
static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* A TCP socket listening on the port on every address of this machine. */
static int open_listening_socket(int port)
{
    int listening_socket = socket(AF_INET, SOCK_STREAM, 0);
    if (listening_socket < 0)
        die("socket");

    /* The side that closes first (here: the server) keeps the connection in TIME_WAIT
     * for a minute. Without SO_REUSEADDR a restarted server could not bind till then. */
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

/* Answers the one message of this client; one that says nothing gets nothing. */
static void serve_client(int connection)
{
    static char message[MAX_MESSAGE];
    ssize_t length = recv(connection, message, sizeof message, 0);
    if (length < 0) {
        perror("recv"); /* a reset harms this client only */
        return;
    }
    upper_case(message, (size_t)length);
    if (send_all(connection, message, (size_t)length) < 0)
        perror("send");
}

int main(int argc, char **argv)
{
    /* Sending to a client that has gone raises SIGPIPE, which would end the program.
     * Ignored, it becomes an error that send() returns. */
    signal(SIGPIPE, SIG_IGN);
    int listening_socket = open_listening_socket(port_from(argc, argv));

    printf("The server is ready to receive\n");
    fflush(stdout); /* or the line waits in a buffer when stdout is not a terminal */
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
