#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

#define SERVER_PORT 1060

void error(const char *msg)
{
  perror(msg);
  exit(1);
}

int main(void)
{
  int listen_fd, conn_fd, n;
  int on = 1;
  char msg[1024];
  char answer[100];
  struct sockaddr_in serv_addr, cli_addr;
  socklen_t clilen;

  listen_fd = socket(AF_INET, SOCK_STREAM, 0);
  if (listen_fd < 0)
    error("ERROR opening socket");
  setsockopt(listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));

  bzero((char *)&serv_addr, sizeof(serv_addr));
  serv_addr.sin_family = AF_INET;
  serv_addr.sin_addr.s_addr = INADDR_ANY;
  serv_addr.sin_port = htons(SERVER_PORT);
  if (bind(listen_fd, (struct sockaddr *)&serv_addr, sizeof(serv_addr)) < 0)
    error("ERROR on binding");
  listen(listen_fd, 5);

  while (1) {
    printf("Listening at ('0.0.0.0', %d)\n", SERVER_PORT);
    clilen = sizeof(cli_addr);
    conn_fd = accept(listen_fd, (struct sockaddr *)&cli_addr, &clilen);
    if (conn_fd < 0)
      error("ERROR on accept");
    printf("The server now is connected to: ('%s', %d)\n",
           inet_ntoa(cli_addr.sin_addr), ntohs(cli_addr.sin_port));
    printf("Socket connects between ('0.0.0.0', %d) and ('%s', %d)\n", SERVER_PORT,
           inet_ntoa(cli_addr.sin_addr), ntohs(cli_addr.sin_port));

    do {
      memset(msg, 0, sizeof(msg));
      n = read(conn_fd, msg, sizeof(msg) - 1);
      printf("Received Message from Client: %s\n", msg);
      if (strcmp(msg, "Exit") == 0)
        sprintf(answer, "Disconnect");
      else
        sprintf(answer, "Your data was %d bytes", n);
      write(conn_fd, answer, strlen(answer));
    } while (strcmp(msg, "Exit") != 0);

    close(conn_fd);
    printf("Reply sent, Server socket closed\n");
  }
  return 0;
}
