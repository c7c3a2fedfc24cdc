#ifndef COMMON_H
#define COMMON_H

#include <netinet/in.h>
#include <stddef.h>

#define PORT 12000
#define MAX_MSG 4096

/* Fill in an address with PORT and the given IP (host byte order). */
void make_address(struct sockaddr_in *addr, in_addr_t ip);

/* Print what went wrong and stop. */
void die(const char *what);

/* Change the letters of a message to capitals, in place. */
void to_upper(char *msg, size_t len);

#endif
