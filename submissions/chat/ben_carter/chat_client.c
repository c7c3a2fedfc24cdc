#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define SERVER_PORT 1060

int main(void)
{
  int fd, n;
  char msg[1024];
  char answer[1024];
  struct hostent *host = gethostbyname("localhost");
  struct sockaddr_in addr;

  if (host == NULL) {
    fprintf(stderr, "no such host\n");
    exit(1);
  }
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(SERVER_PORT);
  memcpy(&addr.sin_addr, host->h_addr, host->h_length);

  fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    perror("ERROR connecting");
    exit(1);
  }

  do {
    printf("Enter message to send or type Exit to disconnect: ");
    if (fgets(msg, sizeof(msg), stdin) == NULL)
      break;
    msg[strlen(msg) - 1] = 0;    /* the newline */
    write(fd, msg, strlen(msg));
    n = read(fd, answer, sizeof(answer) - 1);
    if (n <= 0)
      break;
    answer[n] = 0;
    printf("Received Message from Server: %s\n", answer);
  } while (strcmp(msg, "Exit") != 0);

  printf("Now you are disconnected from the server\n");
  close(fd);
  return 0;
}
