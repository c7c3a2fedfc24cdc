#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 20

static int clients[MAX_CLIENTS];
static int how_many = 0;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void send_to_others(int me, const char *text)
{
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < how_many; i++)
        if (clients[i] != me)
            send(clients[i], text, strlen(text), 0);
    pthread_mutex_unlock(&mutex);
}

static void *client_thread(void *arg)
{
    int conn = *(int *)arg, n;
    char name[100], buffer[1024], text[1200];

    free(arg);
    n = recv(conn, name, sizeof(name) - 1, 0);
    if (n <= 0)
        return NULL;
    name[n] = '\0';
    name[strcspn(name, "\r\n")] = '\0';
    snprintf(text, sizeof(text), "%s joined", name);
    send_to_others(conn, text);
    snprintf(text, sizeof(text), "Welcome, %s", name);
    send(conn, text, strlen(text), 0);
    pthread_mutex_lock(&mutex);
    clients[how_many++] = conn;
    pthread_mutex_unlock(&mutex);
    while ((n = recv(conn, buffer, sizeof(buffer) - 1, 0)) > 0) {
        buffer[n] = '\0';
        buffer[strcspn(buffer, "\r\n")] = '\0';
        if (strcmp(buffer, "/quit") == 0)
            break;
        snprintf(text, sizeof(text), "%s: %s", name, buffer);
        send_to_others(conn, text);
    }
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < how_many; i++)
        if (clients[i] == conn)
            clients[i] = clients[--how_many];
    pthread_mutex_unlock(&mutex);
    close(conn);
    snprintf(text, sizeof(text), "%s left", name);
    send_to_others(conn, text);
    return NULL;
}

int main(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in addr;

    signal(SIGPIPE, SIG_IGN);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(9000);
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
