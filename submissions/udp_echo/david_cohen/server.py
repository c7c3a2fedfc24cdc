"""UDP server for homework 2 (David Cohen)."""
import socket

HOST = "0.0.0.0"
PORT = 12000
BUFSIZE = 4096


def handle(sock):
    """Receive one message and send it back in upper case."""
    data, addr = sock.recvfrom(BUFSIZE)
    print(f"[{addr[0]}:{addr[1]}] {data!r}")
    sock.sendto(data.upper(), addr)


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HOST, PORT))
        print(f"Listening on {HOST}:{PORT} ...")
        handle(sock)
    print("Done.")


if __name__ == "__main__":
    main()
