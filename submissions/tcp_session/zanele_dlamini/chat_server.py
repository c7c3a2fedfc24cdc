import socket


def serve(conn):
    """Talk with one client until it says quit or goes away."""
    while True:
        data = conn.recv(4096)
        if data in (b"", b"quit"):
            return
        conn.sendall(data.upper())


listener = socket.create_server(("", 50000))
print("Ready.")
while True:
    conn, peer = listener.accept()
    try:
        serve(conn)
    except ConnectionError as problem:
        print(peer, problem)
    conn.close()
