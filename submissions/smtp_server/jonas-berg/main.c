/* Mail server, Jonas Berg. Build with make, start with ./mailserver */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session.h"

#define PORT 2525

int main(void)
{
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(PORT)};

    here.sin_addr.s_addr = inet_addr("127.0.0.1");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 5) < 0) {
        perror("mailserver");
        return 1;
    }
    printf("waiting for mail on port %d\n", PORT);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        run_session(client);
        close(client);
    }
}
