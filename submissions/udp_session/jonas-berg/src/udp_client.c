/* Laboration 3 - Jonas Berg. Client. */
#include <ctype.h>
#include "common.h"

/* Removes white space at both ends, in place. */
static char *strip(char *text)
{
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        *--end = '\0';
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

int main(void)
{
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in server = local(PORT);
    char name[100], line[SIZE], reply[SIZE + 1];

    printf("Enter your name: ");
    fflush(stdout);
    if (!fgets(name, sizeof name, stdin))
        return 1;
    strip(name);

    for (;;) {
        printf("%s > ", name);
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin))
            strcpy(line, "quit");
        char *text = strip(line);
        sendto(sock, text, strlen(text), 0, (struct sockaddr *)&server, sizeof server);
        if (strcmp(text, "quit") == 0)
            break;
        ssize_t n = recv(sock, reply, SIZE, 0);
        if (n < 0) {
            perror("recv");
            return 1;
        }
        reply[n] = '\0';
        printf("%s\n", reply);
    }
    close(sock);
    return 0;
}
