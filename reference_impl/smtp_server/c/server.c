/*
 * SMTP server: takes messages from mail clients and prints them (RFC 5321).
 *
 *     make
 *     ./server [port]
 *
 *     client                              server
 *                                         220 localhost SMTP server ready
 *     HELO laptop                         250 Hello
 *     MAIL FROM:<ann@example.org>         250 Sender accepted
 *     RCPT TO:<bob@example.org>           250 Recipient accepted
 *     DATA                                354 Go ahead, end with a line that is only a dot
 *     Subject: Lunch?                     (nothing: this is the message, not commands)
 *     .                                   250 Message accepted for delivery
 *     QUIT                                221 Goodbye            (and closes the connection)
 *
 * One client at a time. Nothing is delivered: the messages are printed.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define SERVER_PORT 2525 /* mail servers use 25, for which one has to be root */
#define WAITING_CLIENTS 16
#define MAX_LINE 4096 /* RFC 5321 asks for 512 in commands and 1000 in messages */

/* ---- small helpers ---------------------------------------------------------------- */

/* Ends the program over something it cannot live without. */
static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Sends all bytes: send() may take only part of them. Returns 0, or -1 on an error. */
static int send_all(int connection, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(connection, bytes, length, 0);
        if (sent < 0)
            return -1;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 0;
}

/* ---- lines from the client, replies to it ----------------------------------------- */

/* One client's connection, with the bytes that have come and are not used yet. */
struct client {
    int connection;
    char bytes[MAX_LINE];
    size_t length;
};

/*
 * Takes the next line off the connection, without its line end (CR LF; a bare LF is
 * forgiven) and with a '\0'. TCP is a stream: a line may come in many pieces, or many
 * lines in one piece; what is behind the line stays for the next call.
 * Returns its length, or -1 when the client has left or never ends its line.
 */
static ssize_t read_line(struct client *client, char line[MAX_LINE])
{
    char *newline;
    while (!(newline = memchr(client->bytes, '\n', client->length))) {
        size_t room = sizeof client->bytes - client->length;
        if (room == 0)
            return -1;
        ssize_t got = recv(client->connection, client->bytes + client->length, room, 0);
        if (got <= 0)
            return -1;
        client->length += (size_t)got;
    }
    size_t used = (size_t)(newline - client->bytes) + 1;
    size_t length = used - 1;
    if (length > 0 && client->bytes[length - 1] == '\r')
        length--;
    memcpy(line, client->bytes, length);
    line[length] = '\0';
    client->length -= used;
    memmove(client->bytes, client->bytes + used, client->length);
    return (ssize_t)length;
}

/* Sends one reply, as "250 OK". Returns 0, or -1 on an error. */
static int reply(struct client *client, const char *text)
{
    char line[512];
    int length = snprintf(line, sizeof line, "%s\r\n", text);
    return send_all(client->connection, line, (size_t)length);
}

/* ---- the dialogue ----------------------------------------------------------------- */

/* What the client has said so far decides what may come next. */
enum state {
    CONNECTED,     /* it has not said HELO yet */
    GREETED,       /* it may begin a message with MAIL FROM */
    HAS_SENDER,    /* RCPT TO must come next */
    HAS_RECIPIENT, /* more recipients, or DATA */
};

/* Is this the command, in capitals or not, alone or with something behind it? */
static int is_command(const char *line, const char *name)
{
    size_t length = strlen(name);
    return strncasecmp(line, name, length) == 0 &&
           (line[length] == '\0' || line[length] == ' ');
}

/* Does the line go on with this word (FROM: or TO:) and an address in angle brackets? */
static int names_address(const char *line, const char *word)
{
    const char *argument = line + strlen("MAIL ");
    if (strncasecmp(argument, word, strlen(word)) != 0)
        return 0;
    argument += strlen(word);
    argument += strspn(argument, " ");
    return argument[0] == '<' && strchr(argument, '>') != NULL;
}

/*
 * Prints the message up to the line with the dot. Nothing in it is a command, not even
 * QUIT. Returns 0, or -1 when the client leaves before the end.
 */
static int take_message(struct client *client)
{
    char line[MAX_LINE];
    for (;;) {
        ssize_t length = read_line(client, line);
        if (length < 0)
            return -1;
        if (strcmp(line, ".") == 0)
            return 0;
        /* A line that begins with a dot got one more from the client, so that it cannot be
         * taken for the end (RFC 5321, section 4.5.2). */
        size_t dot = line[0] == '.';
        printf("    ");
        fwrite(line + dot, 1, (size_t)length - dot, stdout); /* printf stops at a zero byte */
        printf("\n");
    }
}

/*
 * Answers one command. Returns the reply, which tells by its code what became of it, or
 * NULL when the client has left.
 */
static const char *answer(struct client *client, const char *line, enum state *state)
{
    if (is_command(line, "HELO") || is_command(line, "EHLO")) {
        if (strlen(line) <= strlen("HELO "))
            return "501 Say who you are: HELO name";
        *state = GREETED;
        return "250 Hello";
    }
    if (is_command(line, "MAIL")) {
        if (*state == CONNECTED)
            return "503 Say HELO first";
        if (*state != GREETED)
            return "503 You have named the sender already";
        if (!names_address(line, "FROM:"))
            return "501 Write it as MAIL FROM:<address>";
        *state = HAS_SENDER;
        return "250 Sender accepted";
    }
    if (is_command(line, "RCPT")) {
        if (*state < HAS_SENDER)
            return "503 Say MAIL FROM first";
        if (!names_address(line, "TO:"))
            return "501 Write it as RCPT TO:<address>";
        *state = HAS_RECIPIENT;
        return "250 Recipient accepted";
    }
    if (is_command(line, "DATA")) {
        if (*state != HAS_RECIPIENT)
            return "503 Say RCPT TO first";
        if (reply(client, "354 Go ahead, end with a line that is only a dot") < 0)
            return NULL;
        if (take_message(client) < 0)
            return NULL;
        *state = GREETED;
        return "250 Message accepted for delivery";
    }
    if (is_command(line, "RSET")) {
        if (*state != CONNECTED)
            *state = GREETED;
        return "250 Forgotten";
    }
    if (is_command(line, "NOOP"))
        return "250 Nothing done";
    if (is_command(line, "QUIT"))
        return "221 Goodbye";
    return "500 I do not know this command";
}

/* Answers command after command, until the client says QUIT or is gone. */
static void converse(int connection)
{
    struct client client = {.connection = connection, .length = 0};
    enum state state = CONNECTED;
    char line[MAX_LINE];

    if (reply(&client, "220 localhost SMTP server ready") < 0)
        return;
    while (read_line(&client, line) >= 0) {
        const char *text = answer(&client, line, &state);
        if (!text)
            break;
        printf("%s -> %s\n", line, text);
        if (reply(&client, text) < 0)
            break;
        if (is_command(line, "QUIT")) {
            printf("Connection closed\n");
            return;
        }
    }
    printf("Client left without QUIT\n");
}

/* ---- connections ------------------------------------------------------------------ */

/* The port named on the command line, or the usual one. */
static int port_from(int argc, char **argv)
{
    if (argc < 2)
        return SERVER_PORT;

    char *end;
    long port = strtol(argv[1], &end, 10);
    if (*end != '\0' || port < 1 || port > 65535) {
        fprintf(stderr, "usage: %s [port]\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    return (int)port;
}

/* Opens a TCP socket listening on the port on every address of this machine. */
static int open_listening_socket(int port)
{
    int listening_socket = socket(AF_INET, SOCK_STREAM, 0);
    if (listening_socket < 0)
        die("socket");

    /* After QUIT the server closes first, which leaves the connection in TIME_WAIT for a
     * minute. Without SO_REUSEADDR a restarted server could not bind its port till then. */
    int yes = 1;
    if (setsockopt(listening_socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0)
        die("setsockopt");

    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons((unsigned short)port); /* network byte order */
    if (bind(listening_socket, (struct sockaddr *)&address, sizeof address) < 0)
        die("bind");
    if (listen(listening_socket, WAITING_CLIENTS) < 0)
        die("listen");
    return listening_socket;
}

int main(int argc, char **argv)
{
    /* Sending to a client that has gone raises SIGPIPE, which would end the program.
     * Ignored, it becomes an error that send() returns. */
    signal(SIGPIPE, SIG_IGN);
    /* Lines appear at once, also when stdout is not a terminal. */
    setvbuf(stdout, NULL, _IOLBF, 0);

    int port = port_from(argc, argv);
    int listening_socket = open_listening_socket(port);
    printf("The mail server is ready at port %d\n", port);
    for (;;) {
        int connection = accept(listening_socket, NULL, NULL);
        if (connection < 0) {
            perror("accept"); /* the client left before its turn: take the next one */
            continue;
        }
        converse(connection);
        close(connection);
    }
}
