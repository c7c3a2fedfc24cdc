import socket

HOST = ''
PORT = 50000

with socket.socket() as server:
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((HOST, PORT))
    server.listen()
    print(f'[*] Listening on port {PORT}')
    running = True
    while running:
        conn, addr = server.accept()
        with conn:
            print(f'[+] {addr[0]}:{addr[1]} connected')
            while True:
                data = conn.recv(1024)
                if not data:
                    break
                if data.decode() == 'quit':
                    running = False
                    break
                conn.sendall(data.decode().upper().encode())
print('[*] Bye')
