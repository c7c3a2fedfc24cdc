/*
 * UDP client with arguments: sends a message from a port of its own and prints the reply.
 *
 *     gcc -Wall -Wextra -o client client.c
 *     ./client <bind port> <message>
 *
 * A message of several words is put in quotes, so that the shell hands it over as one argument.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define SERVER_HOST "127.0.0.1"
#define SERVER_PORT 12000
#define MAX_DATAGRAM 65507
#define REPLY_TIMEOUT 20 /* seconds: UDP may lose a datagram, so never wait for ever */

/* The port a text names; 0 if it names none. atoi() could not tell "abc" from "0". */
static int port_number(const char *text)
{
    char *end;
    long port = strtol(text, &end, 10);
    if (end == text || *end != '\0' || port < 1 || port > 65535)
        return 0;
    return (int)port;
}

/* Says what has failed and why, and ends the program. */
static void give_up(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* An address in the form the socket calls want it: network byte order, see htons. */
static struct sockaddr_in address_of(in_addr_t host, int port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = host;
    address.sin_port = htons((unsigned short)port);
    return address;
}

/* A UDP socket that sends from the given port. */
static int open_client_socket(int bind_port)
{
    int client_socket = socket(AF_INET, SOCK_DGRAM, 0);
    if (client_socket < 0)
        give_up("socket");

    /* Without bind() the operating system would choose the port at the first sendto(). */
    struct sockaddr_in own = address_of(htonl(INADDR_ANY), bind_port);
    if (bind(client_socket, (struct sockaddr *)&own, sizeof own) < 0)
        give_up("bind");

    struct timeval patience = {.tv_sec = REPLY_TIMEOUT};
    if (setsockopt(client_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0)
        give_up("setsockopt");
    return client_socket;
}

int main(int argc, char **argv)
{
    int bind_port = argc == 3 ? port_number(argv[1]) : 0;
    if (bind_port == 0) {
        fprintf(stderr, "usage: %s <bind port> <message>\n", argv[0]);
        return EXIT_FAILURE;
    }

    int client_socket = open_client_socket(bind_port);
    struct sockaddr_in server = address_of(inet_addr(SERVER_HOST), SERVER_PORT);
    if (sendto(client_socket, argv[2], strlen(argv[2]), 0,
               (struct sockaddr *)&server, sizeof server) < 0)
        give_up("sendto");

    static char reply[MAX_DATAGRAM];
    ssize_t length = recvfrom(client_socket, reply, sizeof reply, 0, NULL, NULL);
    if (length < 0)
        give_up("no reply");

    printf("%.*s\n", (int)length, reply);
    close(client_socket);
    return EXIT_SUCCESS;
}
