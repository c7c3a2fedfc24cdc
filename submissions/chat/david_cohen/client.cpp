#include <iostream>
#include <string>
#include <cstring>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using std::cin;
using std::cout;
using std::endl;
using std::string;

int main()
{
	int sock = socket(AF_INET, SOCK_STREAM, 0);
	sockaddr_in hint;
	memset(&hint, 0, sizeof(hint));
	hint.sin_family = AF_INET;
	hint.sin_port = htons(1060);
	inet_pton(AF_INET, "127.0.0.1", &hint.sin_addr);
	if (connect(sock, (sockaddr *)&hint, sizeof(hint)) == -1)
		return 1;

	char buf[4096];
	string userInput;
	while (userInput != "Exit") {
		cout << "Enter message to send or type Exit to disconnect: ";
		getline(cin, userInput);
		if (!cin)
			break;
		send(sock, userInput.c_str(), userInput.size(), 0);
		int bytesReceived = recv(sock, buf, 4096, 0);
		if (bytesReceived <= 0) {
			cout << "There was an error getting response from server" << endl;
			break;
		}
		cout << "Received Message from Server: " << string(buf, bytesReceived) << endl;
	}
	close(sock);
	cout << "Now you are disconnected from the server" << endl;
}
