#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_SIZE 2048
#define REPLY_SIZE 256

static void to_upper(const char *message, char *reply)
{
    int i;
    for (i = 0; message[i] && i < REPLY_SIZE - 1; i++)
        reply[i] = toupper((unsigned char)message[i]);
    reply[i] = '\0';
}

int main(void)
{
    char message[BUFFER_SIZE], reply[REPLY_SIZE];
    struct sockaddr_in address = {0};
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    signal(SIGPIPE, SIG_IGN);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    address.sin_family = AF_INET;
    address.sin_port = htons(50000);
    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(server, 3);
    for (;;) {
        int client = accept(server, NULL, NULL);
        for (;;) {
            ssize_t length = recv(client, message, BUFFER_SIZE - 1, 0);
            if (length <= 0)
                break;
            message[length] = '\0';
            if (strcmp(message, "quit") == 0)
                break;
            to_upper(message, reply);
            send(client, reply, strlen(reply), 0);
        }
        close(client);
    }
}
