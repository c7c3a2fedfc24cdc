import socket
import threading


def read_name(conn):
    return conn.makefile("r").readline().strip()


def relay(source, target, name):
    for line in source.makefile("r"):
        if line.strip() == "/quit":
            break
        target.sendall(f"{name}: {line}".encode())
    source.close()
    target.sendall(f"{name} left\n".encode())


listener = socket.create_server(("", 9000))
print("waiting for two people to chat")
a, _ = listener.accept()
name_a = read_name(a)
a.sendall(f"Welcome, {name_a}\n".encode())
b, _ = listener.accept()
name_b = read_name(b)
a.sendall(f"{name_b} joined\n".encode())
b.sendall(f"Welcome, {name_b}\n".encode())
threading.Thread(target=relay, args=(a, b, name_a)).start()
threading.Thread(target=relay, args=(b, a, name_b)).start()
