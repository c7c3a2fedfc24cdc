from socket import socket, AF_INET, SOCK_DGRAM
import sys

# Zanele Dlamini, CSC3002F
# client for the UDP part of practical 1

ADDRESS = ("localhost", 12000)

client = socket(AF_INET, SOCK_DGRAM)
print("Input lowercase sentence: ", end="")
sys.stdout.flush()
line = sys.stdin.readline()          # keeps the "\n" at the end
client.sendto(line.encode(), ADDRESS)
answer, _ = client.recvfrom(4096)
print("From server:", answer.decode().strip())
client.close()
