/*
 * server.c - chat server, replies with the length of each message
 * Jonas Berg
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include "net.h"

static void chat(int conn)
{
    char buf[MAXMSG + 1];
    char reply[64];
    ssize_t n;

    while ((n = recv(conn, buf, MAXMSG, 0)) > 0) {
        buf[n] = '\0';
        printf("Received Message from Client: %s\n", buf);
        if (strcmp(buf, "Exit") == 0) {
            send_all(conn, "Disconnect", strlen("Disconnect"));
            return;
        }
        snprintf(reply, sizeof reply, "Your data was %zd bytes", n);
        if (send_all(conn, reply, strlen(reply)) < 0)
            break;
    }
    if (n < 0)
        perror("recv");
}

int main(void)
{
    struct sockaddr_in me, peer;
    socklen_t len;
    int one = 1;
    int sock = socket(AF_INET, SOCK_STREAM, 0);

    if (sock < 0) {
        perror("socket");
        return EXIT_FAILURE;
    }
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    local_address(&me);
    if (bind(sock, (struct sockaddr *)&me, sizeof me) < 0) {
        perror("bind");
        return EXIT_FAILURE;
    }
    if (listen(sock, 5) < 0) {
        perror("listen");
        return EXIT_FAILURE;
    }

    for (;;) {
        printf("Listening at ('127.0.0.1', %d)\n", PORT);
        len = sizeof peer;
        int conn = accept(sock, (struct sockaddr *)&peer, &len);
        if (conn < 0) {
            perror("accept");
            continue;
        }
        printf("The server now is connected to: ('%s', %d)\n",
               inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        printf("Socket connects between ('127.0.0.1', %d) and ('%s', %d)\n",
               PORT, inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        chat(conn);
        close(conn);
        printf("Reply sent, Server socket closed\n");
    }
}
