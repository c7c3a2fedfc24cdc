#include "common.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void make_address(struct sockaddr_in *addr, in_addr_t ip)
{
    memset(addr, 0, sizeof *addr);
    addr->sin_family = AF_INET;
    addr->sin_port = htons(PORT);
    addr->sin_addr.s_addr = htonl(ip);
}

void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

void to_upper(char *msg, size_t len)
{
    for (size_t i = 0; i < len; i++)
        msg[i] = (char)toupper((unsigned char)msg[i]);
}
