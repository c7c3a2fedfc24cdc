#ifndef COMMON_H
#define COMMON_H

#include <netinet/in.h>
#include <stddef.h>

#define PORT 12000
#define MAX_MSG 4096

/* Fill in the address both programs use (this machine, PORT). */
void make_address(struct sockaddr_in *addr);

/* Print what went wrong and stop. */
void die(const char *what);

/* Change the letters of a message to capitals, in place. */
void to_upper(char *msg, size_t len);

#endif
