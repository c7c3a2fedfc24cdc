#ifndef NET_H
#define NET_H

#include <stddef.h>

#define PORT 5050
#define SIZE 2048

int tcp_listen(int port);
int tcp_connect(const char *host, int port);
int write_all(int fd, const char *data, size_t size);

#endif
