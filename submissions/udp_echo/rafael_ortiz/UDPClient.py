"""
UDP echo client, homework 1
Rafael Ortiz, group B
"""
import socket

SERVER = ("127.0.0.1", 12000)
BUFFER = 2048


def main():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sentence = input("Input lowercase sentence: ")
    sock.sendto(sentence.encode(), SERVER)
    reply, _ = sock.recvfrom(BUFFER)
    print("Reply:", reply.decode())
    sock.close()


if __name__ == "__main__":
    main()
