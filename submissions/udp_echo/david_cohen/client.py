"""UDP client for homework 2 (David Cohen)."""
import socket

HOST = "localhost"
PORT = 12000
BUFSIZE = 4096


def main():
    text = input("Enter a sentence in lower case: ").strip()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(text.encode("utf-8"), (HOST, PORT))
        reply, _ = sock.recvfrom(BUFSIZE)
    # prints the bytes as they are
    print("Reply:", reply)


if __name__ == "__main__":
    main()
