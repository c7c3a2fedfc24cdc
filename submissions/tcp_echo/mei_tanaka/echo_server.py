"""Upper-case echo server. Mei Tanaka, tested on Ubuntu 22.04.

    python3 echo_server.py --port 12000
"""

import argparse
import socket


def parse_arguments():
    parser = argparse.ArgumentParser(description="Upper-case echo server")
    parser.add_argument("-p", "--port", type=int, required=True, help="port to listen on")
    return parser.parse_args()


def main():
    args = parse_arguments()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("", args.port))
    listener.listen(5)
    print("listening on port", args.port)
    while True:
        connection, address = listener.accept()
        try:
            connection.sendall(connection.recv(2048).upper())
        except OSError as error:
            print(address, "is gone:", error)
        finally:
            connection.close()


if __name__ == "__main__":
    main()
