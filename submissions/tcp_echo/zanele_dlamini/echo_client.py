from socket import socket, AF_INET, SOCK_STREAM
import sys

# Zanele Dlamini, CSC3002F
# client for the TCP part of practical 1

ADDRESS = ("localhost", 12000)

client = socket(AF_INET, SOCK_STREAM)
client.connect(ADDRESS)
print("Input lowercase sentence: ", end="")
sys.stdout.flush()
line = sys.stdin.readline()          # keeps the "\n" at the end
client.sendall(line.encode())
answer = client.recv(4096)
print("From server:", answer.decode().strip())
client.close()
