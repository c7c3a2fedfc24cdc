/*
 * UDP echo server that tells who said what: answers in upper case, prints text and sender.
 *
 *     gcc -Wall -Wextra -o server server.c
 *     ./server [port]
 *
 * For each datagram it prints two lines:
 *
 *     This message:  hello from client1
 *     is received from: ('127.0.0.1', 1600)
 */

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SERVER_PORT 12000

/* The largest payload of an IPv4 datagram: 65535 - 20 (IP header) - 8 (UDP header).
 * A smaller buffer would silently cut off the end of a larger datagram. */
#define MAX_DATAGRAM 65507

/* Upper-cases ASCII letters in place. All other bytes stay as they are, so UTF-8 text
 * survives. toupper() wants an unsigned char: a negative char would be out of bounds. */
static void upper_case(char *message, size_t length)
{
    for (size_t i = 0; i < length; i++)
        message[i] = (char)toupper((unsigned char)message[i]);
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

/* A UDP socket bound to the port on every address of this machine. */
static int open_server_socket(int port)
{
    int server_socket = socket(AF_INET, SOCK_DGRAM, 0);
    if (server_socket < 0) {
        perror("socket");
        exit(EXIT_FAILURE);
    }

    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons((unsigned short)port);
    if (bind(server_socket, (struct sockaddr *)&address, sizeof address) < 0) {
        perror("bind");
        exit(EXIT_FAILURE);
    }
    return server_socket;
}

/* Prints who said what. The message has a length and no '\0' at its end, hence the "%.*s";
 * the port has travelled in network byte order, hence ntohs. */
static void print_message(const char *message, size_t length, const struct sockaddr_in *sender)
{
    char host[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &sender->sin_addr, host, sizeof host);
    printf("This message:  %.*s\n", (int)length, message);
    printf("is received from: ('%s', %u)\n", host, (unsigned)ntohs(sender->sin_port));
    fflush(stdout); /* or the lines wait in a buffer when stdout is not a terminal */
}

/* Waits for a datagram, prints it, and sends its upper-case twin back to whoever sent it. */
static void answer_one_datagram(int server_socket)
{
    static char message[MAX_DATAGRAM];
    struct sockaddr_in client;
    socklen_t client_size = sizeof client; /* recvfrom changes it: set it each time */

    ssize_t length = recvfrom(server_socket, message, sizeof message, 0,
                              (struct sockaddr *)&client, &client_size);
    /* 0 is an empty datagram, which is answered too; only less than 0 is an error. */
    if (length < 0) {
        perror("recvfrom");
        return;
    }

    print_message(message, (size_t)length, &client);
    upper_case(message, (size_t)length);
    if (sendto(server_socket, message, (size_t)length, 0,
               (struct sockaddr *)&client, client_size) < 0)
        perror("sendto"); /* one reply lost; the other clients still want theirs */
}

int main(int argc, char **argv)
{
    int server_socket = open_server_socket(port_from(argc, argv));

    printf("The server is ready to receive\n");
    fflush(stdout);
    for (;;)
        answer_one_datagram(server_socket);
}
