import socket

HOST = ''
PORT = 50000

with socket.socket() as server:
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((HOST, PORT))
    server.listen(10)   # up to ten clients at once
    print(f'[*] Listening on port {PORT}')
    while True:
        conn, addr = server.accept()
        print(f'[+] {addr[0]}:{addr[1]} connected')
        with conn:
            while True:
                try:
                    data = conn.recv(1024)
                except ConnectionError:
                    break
                if not data or data == b'quit':
                    break
                conn.sendall(data.upper())
