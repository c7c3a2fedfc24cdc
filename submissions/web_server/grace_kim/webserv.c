/* webserv.c  -  one request at a time
 * Grace Kim
 */
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define BUF 16384

char req[BUF];
int conn;

/* file type for the header */
char *type(path)
char *path;
{
	if (strstr(path, ".htm")) return "text/html";
	if (strstr(path, ".png")) return "image/png";
	if (strstr(path, ".jpg")) return "image/jpeg";
	if (strstr(path, ".txt")) return "text/plain";
	return "application/octet-stream";
}

void put(data, n)
char *data;
int n;
{
	int k;
	for (; n > 0; data += k, n -= k)
		if ((k = send(conn, data, n, MSG_NOSIGNAL)) <= 0)
			return;
}

void head(status, ctype, len)
char *status, *ctype;
int len;
{
	char h[400];
	sprintf(h, "HTTP/1.0 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", status, ctype, len);
	put(h, strlen(h));
}

void fail(status)
char *status;
{
	head(status, "text/plain", strlen(status));
	put(status, strlen(status));
}

void serve()
{
	static char data[1 << 20];
	char method[20], path[200];
	int n, len = 0;
	FILE *f;

	memset(req, 0, BUF);
	while (!strstr(req, "\r\n\r\n")) {
		n = recv(conn, req + len, BUF - 1 - len, 0);
		if (n <= 0)
			return;
		len += n;
	}
	if (sscanf(req, "%19s %199s HTTP/1", method, path) != 2) {
		fail("400 Bad Request");
		return;
	}
	printf("%s %s\n", method, path);
	if (strcmp(method, "GET") != 0) {
		fail("501 Not Implemented");
		return;
	}
	if (strcmp(path, "/") == 0)
		strcpy(path, "/index.html");
	/* only plain names: no folders, no .. */
	if (strchr(path + 1, '/') || (f = fopen(path + 1, "rb")) == NULL) {
		fail("404 Not Found");
		return;
	}
	n = fread(data, 1, sizeof(data), f);
	fclose(f);
	head("200 OK", type(path), n);
	put(data, n);
}

main()
{
	struct sockaddr_in a;
	int s, on = 1;

	s = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	memset(&a, 0, sizeof(a));
	a.sin_family = AF_INET;
	a.sin_port = htons(6789);
	if (bind(s, (struct sockaddr *) &a, sizeof(a)) < 0) {
		perror("bind");
		exit(1);
	}
	listen(s, 5);
	while (1) {
		conn = accept(s, NULL, NULL);
		serve();
		close(conn);
	}
}
