"""Upper-case echo client. Mei Tanaka, tested on Ubuntu 22.04.

    python3 echo_client.py --host localhost --port 12000
"""

import argparse
import socket

parser = argparse.ArgumentParser(description="Upper-case echo client")
parser.add_argument("--host", required=True, help="where the server runs")
parser.add_argument("-p", "--port", type=int, required=True, help="the server's port")
args = parser.parse_args()

with socket.create_connection((args.host, args.port)) as connection:
    sentence = input("Input lowercase sentence: ")
    connection.sendall(sentence.encode())
    print("From Server:", connection.recv(2048).decode())
