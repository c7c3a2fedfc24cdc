#ifndef SESSION_H
#define SESSION_H

/* Talks with one client until it says quit or is gone. */
void session(int fd);

#endif
