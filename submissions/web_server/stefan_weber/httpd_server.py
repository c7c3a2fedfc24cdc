"""Stefan Weber, exercise 4: a small web server.

Usage:  httpd_server.py -document_root <folder> -port <number>
"""
import os
import socket
import sys
import mimetypes


def option(name):
    if name not in sys.argv:
        print(__doc__)
        sys.exit(1)
    return sys.argv[sys.argv.index(name) + 1]


ROOT = os.path.realpath(option("-document_root"))
PORT = int(option("-port"))


def response(status, kind, body):
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return (head + "Connection: close\r\n\r\n").encode() + body


def page(status):
    return response(status, "text/html", f"<h1>{status}</h1>".encode())


def answer(request):
    words = request.split(b"\r\n", 1)[0].decode("latin-1").split()
    if len(words) != 3 or not words[2].startswith("HTTP/"):
        return page("400 Bad Request")
    if words[0] != "GET":
        return page("501 Not Implemented")
    target = words[1].split("?")[0]
    path = os.path.realpath(ROOT + ("/index.html" if target == "/" else "/" + target))
    if not path.startswith(ROOT + "/") or not os.path.isfile(path):
        return page("404 Not Found")
    with open(path, "rb") as file:
        return response("200 OK", mimetypes.guess_type(path)[0] or "text/plain", file.read())


def read(connection):
    data = b""
    while b"\r\n\r\n" not in data and len(data) < 100000:
        more = connection.recv(8192)
        if not more:
            break
        data += more
    return data


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", PORT))
listener.listen(16)
print("serving", ROOT, "on port", PORT)
while True:
    connection, _ = listener.accept()
    try:
        request = read(connection)
        if request:
            connection.sendall(answer(request))
    except OSError as error:
        print(error)
    connection.close()
