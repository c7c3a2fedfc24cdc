/*
 * Concurrent TCP server, a process for each client: what they send comes back in upper case.
 *
 *     gcc -Wall -Wextra -o server server.c
 *     ./server [port]
 *
 * The parent does nothing but accept clients and fork. Each child has a copy of the connection
 * and holds the conversation; whatever happens to it, parent and siblings do not notice.
 */

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVER_PORT 50000
#define MAX_MESSAGE (64 * 1024) /* bytes taken in one recv */
#define WAITING_CLIENTS 64
#define QUIT_MESSAGE "quit"

/* Upper-cases ASCII letters in place. All other bytes stay as they are, so UTF-8 text
 * survives. toupper() wants an unsigned char: a negative char would be out of bounds. */
static void upper_case(char *message, size_t length)
{
    for (size_t i = 0; i < length; i++)
        message[i] = (char)toupper((unsigned char)message[i]);
}

/* Does the message say goodbye? A newline behind it (as nc adds) is fine. */
static int is_quit(const char *message, size_t length)
{
    while (length > 0 && (message[length - 1] == '\n' || message[length - 1] == '\r'))
        length--;
    return length == strlen(QUIT_MESSAGE) && memcmp(message, QUIT_MESSAGE, length) == 0;
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

/* Answers message after message. Returns when the client said quit or left. */
static void converse(int connection)
{
    static char message[MAX_MESSAGE];
    ssize_t length;
    while ((length = recv(connection, message, sizeof message, 0)) > 0) {
        if (is_quit(message, (size_t)length))
            return;
        upper_case(message, (size_t)length);
        if (send_all(connection, message, (size_t)length) < 0) {
            perror("send");
            return;
        }
    }
    if (length < 0)
        perror("recv"); /* a reset ends this conversation, not the others */
}

/* Collects every child that has ended: one not waited for stays behind as a zombie. Signals
 * are not counted: two children that end together may raise one SIGCHLD. So ask until there
 * is nobody left. The interrupted call must find its errno as it was. */
static void bury_children(int signal_number)
{
    (void)signal_number;
    int kept = errno;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    errno = kept;
}

/* Ends the program over something it cannot live without. */
static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static void wait_for_children_by_signal(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = bury_children;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | SA_NOCLDSTOP; /* accept() goes on after the signal */
    if (sigaction(SIGCHLD, &action, NULL) < 0)
        die("sigaction");
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

    /* After quit the server closes first, which leaves the connection in TIME_WAIT for a
     * minute. Without SO_REUSEADDR a restarted server could not bind its port till then. */
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

/* Leaves a client to a new child. */
static void fork_for(int connection, int listening_socket)
{
    pid_t child = fork();
    if (child < 0)
        perror("fork"); /* too many processes: this client is sent away */
    if (child == 0) {
        close(listening_socket);
        converse(connection);
        close(connection);
        _exit(EXIT_SUCCESS); /* not exit(): what the parent has yet to print is the parent's */
    }
    /* The parent's copy must be closed too: the client sees the end only when no process
     * has the connection open any more. */
    close(connection);
}

int main(int argc, char **argv)
{
    /* Sending to a client that has gone raises SIGPIPE, which would end the process.
     * Ignored, it becomes an error that send() returns. */
    signal(SIGPIPE, SIG_IGN);
    wait_for_children_by_signal();
    int listening_socket = open_listening_socket(port_from(argc, argv));

    printf("TCP server started, a process for each client\n");
    fflush(stdout); /* before any fork, or each child would have a copy of it to print */
    for (;;) {
        int connection = accept(listening_socket, NULL, NULL);
        if (connection >= 0)
            fork_for(connection, listening_socket);
        else if (errno != EINTR)
            perror("accept"); /* the client left before its turn: take the next one */
    }
}
