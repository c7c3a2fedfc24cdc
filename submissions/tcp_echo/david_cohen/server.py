"""TCP server for homework 3 (David Cohen)."""
import socket

HOST = "0.0.0.0"
PORT = 12000
BUFSIZE = 4096


def wait_for_client():
    """Listen, and return the connection of the client that comes."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.bind((HOST, PORT))
        sock.listen()
        print(f"Listening on {HOST}:{PORT} ...")
        return sock.accept()


def handle(conn, addr):
    """Receive one message and send it back in upper case."""
    data = conn.recv(BUFSIZE)
    print(f"[{addr[0]}:{addr[1]}] {data!r}")
    conn.sendall(data.upper())


def main():
    conn, addr = wait_for_client()
    with conn:
        handle(conn, addr)
    print("Done.")


if __name__ == "__main__":
    main()
