#ifndef NET_H
#define NET_H

#include <stddef.h>
#include <netinet/in.h>

#define PORT 1060
#define MAXMSG 4096

/* fills addr with 127.0.0.1:PORT */
void local_address(struct sockaddr_in *addr);

/* send all len bytes, 0 if it worked, -1 if not */
int send_all(int sock, const char *data, size_t len);

#endif
