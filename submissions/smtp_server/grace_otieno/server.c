/* SMTP server in C. Grace Otieno */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <signal.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define LEN 1200

int conn;
char line[LEN];

/* reads a line into `line`, 0 if the client left */
int get_line(void)
{
    int n = 0;
    char c;
    while (read(conn, &c, 1) == 1) {
        if (c == '\n') {
            line[n] = 0;
            return 1;
        }
        if (c != '\r' && n < LEN - 1)
            line[n++] = c;
    }
    return 0;
}

void answer(const char *text)
{
    char reply[200];
    sprintf(reply, "%s\r\n", text);
    write(conn, reply, strlen(reply));
}

int command(const char *name)
{
    int i;
    for (i = 0; name[i]; i++)
        if (toupper((unsigned char)line[i]) != name[i])
            return 0;
    return 1;
}

void client(void)
{
    int hello = 0, mail = 0, rcpt = 0;
    answer("220 grace smtp");
    while (get_line()) {
        if (command("HELO") || command("EHLO")) {
            hello = 1;
            answer("250 hello");
        } else if (command("MAIL FROM:")) {
            mail = hello;
            answer(hello ? "250 sender ok" : "503 hello first");
        } else if (command("RCPT TO:")) {
            rcpt = mail;
            answer(mail ? "250 recipient ok" : "503 mail first");
        } else if (command("DATA")) {
            if (!rcpt) {
                answer("503 rcpt first");
                continue;
            }
            answer("354 end with a dot");
            while (get_line() && line[0] != '.')
                puts(line);
            mail = rcpt = 0;
            answer("250 delivered");
        } else if (command("QUIT")) {
            answer("221 bye");
            return;
        } else {
            answer("500 unknown command");
        }
    }
}

int main(void)
{
    struct sockaddr_in addr;
    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    signal(SIGPIPE, SIG_IGN);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = INADDR_ANY;
    addr.sin_port = htons(2525);
    if (bind(s, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while ((conn = accept(s, NULL, NULL)) >= 0) {
        client();
        close(conn);
    }
    return 0;
}
