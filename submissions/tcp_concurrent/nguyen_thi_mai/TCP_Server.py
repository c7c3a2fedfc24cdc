import socket
import threading


def conversation(conn, first):
    """Go on with a client whose first message has come."""
    data = first
    while data and data != b"quit":
        conn.sendall(data.upper())
        try:
            data = conn.recv(2048)
        except ConnectionError:
            data = b""
    conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", 50000))
server.listen(50)
while True:
    conn, addr = server.accept()
    # The first message tells that the client is alive. Only then is it worth a thread.
    try:
        first = conn.recv(2048)
    except ConnectionError:
        continue
    print(addr, "says", first)
    threading.Thread(target=conversation, args=(conn, first)).start()
