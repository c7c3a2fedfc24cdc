from socket import socket, AF_INET, SOCK_DGRAM

# Zanele Dlamini, CSC3002F
# server for the UDP part of practical 1

ADDRESS = ("", 12000)


def shout(data):
    """Make the message loud. Unknown characters are left out of it."""
    return data.decode("utf-8", errors="ignore").upper().encode("utf-8")


server = socket(AF_INET, SOCK_DGRAM)
server.bind(ADDRESS)
print("Ready on", server.getsockname())

while True:
    data, client = server.recvfrom(4096)
    if not data:
        # the client has closed
        break
    print(client, "said", data)
    server.sendto(shout(data), client)

server.close()
