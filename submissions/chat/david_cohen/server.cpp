#include <iostream>
#include <sstream>
#include <string>
#include <vector>
#include <cstring>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <sys/socket.h>

using std::cout;
using std::endl;
using std::string;

string format(const sockaddr_in &a)
{
	std::ostringstream s;
	s << "('" << inet_ntoa(a.sin_addr) << "', " << ntohs(a.sin_port) << ")";
	return s.str();
}

// answers until the client types Exit or leaves
void chat(int sock)
{
	std::vector<char> buf(65536);
	for (;;) {
		int got = recv(sock, &buf[0], buf.size(), 0);
		if (got <= 0)
			break;
		string text(&buf[0], got);
		cout << "Received Message from Client: " << text << endl;
		string answer = "Disconnect";
		if (text != "Exit") {
			std::ostringstream s;
			s << "Your data was " << got << " bytes";
			answer = s.str();
		}
		send(sock, answer.c_str(), answer.length(), MSG_NOSIGNAL);
		if (text == "Exit")
			break;
	}
	cout << "Reply sent, Server socket closed" << endl;
}

int main()
{
	int listening = socket(AF_INET, SOCK_STREAM, 0);
	if (listening == -1) {
		std::cerr << "Can't create a socket! Quitting" << endl;
		return -1;
	}
	int opt = 1;
	setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));

	sockaddr_in hint;
	memset(&hint, 0, sizeof(hint));
	hint.sin_family = AF_INET;
	hint.sin_port = htons(1060);
	inet_pton(AF_INET, "0.0.0.0", &hint.sin_addr);
	if (bind(listening, (sockaddr *)&hint, sizeof(hint)) == -1) {
		std::cerr << "Can't bind to port" << endl;
		return -2;
	}
	listen(listening, SOMAXCONN);

	while (true) {
		cout << "Listening at " << format(hint) << endl;
		sockaddr_in client;
		socklen_t clientSize = sizeof(client);
		int clientSocket = accept(listening, (sockaddr *)&client, &clientSize);
		cout << "The server now is connected to: " << format(client) << endl;
		cout << "Socket connects between " << format(hint) << " and " << format(client) << endl;
		chat(clientSocket);
	}
}
