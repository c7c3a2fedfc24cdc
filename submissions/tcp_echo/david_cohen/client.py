"""TCP client for homework 3 (David Cohen)."""
import socket

HOST = "localhost"
PORT = 12000
BUFSIZE = 4096


def main():
    text = input("Enter a sentence in lower case: ").strip()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect((HOST, PORT))
        sock.sendall(text.encode("utf-8"))
        reply = sock.recv(BUFSIZE)
    # prints the bytes as they are
    print("Reply:", reply)


if __name__ == "__main__":
    main()
