#ifndef SESSION_H
#define SESSION_H

/* Talks SMTP with one client until it quits or leaves. */
void run_session(int fd);

#endif
