"""
UDP echo server, homework 1
Rafael Ortiz, group B

UDP can deliver a packet two times, so I remember what I have already answered.
"""
import socket

SERVER_PORT = 12000
BUFFER = 2048


def main():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("0.0.0.0", SERVER_PORT))
    print("Server ready on port", SERVER_PORT)

    answered = set()
    while True:
        message, client = sock.recvfrom(BUFFER)
        if (message, client) in answered:
            print("duplicate from", client, "ignored")
            continue
        answered.add((message, client))
        sock.sendto(message.upper(), client)


if __name__ == "__main__":
    main()
