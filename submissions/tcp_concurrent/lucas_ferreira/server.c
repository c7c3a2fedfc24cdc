#include <ctype.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* one thread per client */
static void *client_thread(void *arg)
{
    int conn = *(int *)arg, n, i;
    char buffer[1024];

    free(arg);
    n = recv(conn, buffer, sizeof(buffer), 0);
    if (n > 0) {
        for (i = 0; i < n; i++)
            buffer[i] = toupper((unsigned char)buffer[i]);
        if (strncmp(buffer, "QUIT", 4) != 0)
            send(conn, buffer, n, 0);
    }
    close(conn);
    return NULL;
}

int main(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in addr;

    signal(SIGPIPE, SIG_IGN);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(50000);
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(sock, (struct sockaddr *)&addr, sizeof(addr)) < 0 || listen(sock, 10) < 0) {
        perror("server");
        return 1;
    }
    while (1) {
        pthread_t thread;
        int *conn = malloc(sizeof(int));
        *conn = accept(sock, NULL, NULL);
        pthread_create(&thread, NULL, client_thread, conn);
        pthread_detach(thread);
    }
}
