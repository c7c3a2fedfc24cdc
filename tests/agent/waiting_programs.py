"""Servers on port 12000 that answer one request, each after waiting in another way."""

from __future__ import annotations

PYTHON_HEAD = """
import asyncio, fcntl, os, queue, select, signal, socket, struct, subprocess, sys, threading, time
listener = socket.create_server(("", 12000))
def take():
    global conn
    conn, _ = listener.accept()
    conn.recv(100)
def answer():
    conn.sendall(b"answer")
"""
PYTHON_TAIL = """
take()
wait()
answer()
conn.recv(100)
"""
PYTHON = {
    "sleeps": "def wait(): time.sleep(0.2)",
    "computes": """
def wait():
    end = time.monotonic() + 0.2
    while time.monotonic() < end: pass
""",
    "naps often": """
def wait():
    for _ in range(100): time.sleep(0.002)
""",
    "polls with a time-out": """
def wait():
    p = select.poll(); p.register(listener, 1); p.poll(200)
""",
    "selects with a time-out": "def wait(): select.select([conn, listener], [], [], 0.2)",
    "epolls with a time-out": """
def wait():
    e = select.epoll(); e.register(conn.fileno(), 1); e.poll(0.2)
""",
    "has a socket time-out": """
def wait():
    conn.settimeout(0.2)
    try: conn.recv(1)
    except TimeoutError: conn.settimeout(None)
""",
    "has a kernel time-out": """
def wait():
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 200000))
    try: conn.recv(1)
    except BlockingIOError: pass
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 0))
""",
    "accepts with a kernel time-out": """
def wait():
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 200000))
    try: listener.accept()
    except BlockingIOError: pass
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 0))
""",
    "sets an alarm": """
class Rang(Exception): pass
def rang(*_): raise Rang
def wait():
    signal.signal(signal.SIGALRM, rang); signal.setitimer(signal.ITIMER_REAL, 0.2)
    try: conn.recv(1)
    except Rang: pass
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
""",
    "waits for its thread's sleep": """
def wait():
    t = threading.Thread(target=time.sleep, args=(0.2,)); t.start(); t.join()
""",
    "is woken by a timer thread": """
def wait():
    e = threading.Event(); threading.Timer(0.2, e.set).start(); e.wait()
""",
    "has a slow worker": """
def work():
    while job := jobs.get(): time.sleep(job); done.put(1)
def wait():
    global jobs, done
    jobs, done = queue.Queue(), queue.Queue()
    threading.Thread(target=work).start(); jobs.put(0.2); done.get(); jobs.put(0)
""",
    "waits for a lock of a sleeper": """
def hold():
    with lock: time.sleep(0.2)
def wait():
    global lock
    lock = threading.Lock(); threading.Thread(target=hold).start(); time.sleep(0.02)
    with lock: pass
""",
    "runs a program that sleeps": "def wait(): subprocess.run(['sleep', '0.2'])",
    "reads from a program that sleeps": """
def wait():
    subprocess.check_output("sleep 0.2; echo done", shell=True)
""",
    "reads from a child that sleeps": """
def wait():
    r, w = os.pipe()
    if os.fork() == 0:
        time.sleep(0.2); os.write(w, b"x"); os._exit(0)
    os.read(r, 1); os.wait()
""",
    "is signalled by a child that sleeps": """
def wait():
    signal.signal(signal.SIGUSR1, lambda *_: None)
    parent = os.getpid()
    if os.fork() == 0:
        time.sleep(0.2); os.kill(parent, signal.SIGUSR1); os._exit(0)
    signal.pause(); os.wait()
""",
    "waits for a file lock of a sleeper": """
def wait():
    f = open("lock", "w"); fcntl.lockf(f, fcntl.LOCK_EX)
    if os.fork() == 0:
        g = open("lock", "w"); fcntl.lockf(g, fcntl.LOCK_EX); os._exit(0)
    time.sleep(0.2); f.close(); os.wait()
""",
    "passes a token round three processes": """
def wait():
    pipes = [os.pipe() for _ in range(4)]
    for n in range(3):
        if os.fork() == 0:
            for _ in range(30):
                token = os.read(pipes[n][0], 1); time.sleep(0.001); os.write(pipes[n + 1][1], token)
            os._exit(0)
    for _ in range(30):
        os.write(pipes[0][1], b"x"); os.read(pipes[3][0], 1)
    for _ in range(3): os.wait()
""",
    "has threads that play ping-pong": """
def wait():
    a, b = socket.socketpair()
    def play(s):
        for _ in range(2000): s.sendall(s.recv(1))
    t = threading.Thread(target=play, args=(a,)); t.start()
    for _ in range(2000): b.sendall(b"x"); b.recv(1)
    t.join()
""",
    "talks to itself over TCP": """
def wait():
    other = socket.create_server(("127.0.0.1", 0))
    def slow():
        c, _ = other.accept()
        for _ in range(20): time.sleep(0.01); c.sendall(b"x")
        c.close()
    t = threading.Thread(target=slow); t.start()
    s = socket.create_connection(other.getsockname())
    while s.recv(1): pass
    t.join(); other.close()
""",
    "writes a file": """
def wait():
    with open("big", "wb") as f:
        for _ in range(200): f.write(b"x" * 20000); f.flush(); os.fsync(f.fileno())
""",
}
PYTHON_WHOLE = {
    "runs asyncio": """
async def handle(reader, writer):
    await reader.read(100); await asyncio.sleep(0.2); writer.write(b"answer"); await writer.drain()
    await reader.read(100)
async def main():
    listener.setblocking(False)
    async with await asyncio.start_server(handle, sock=listener) as server:
        await server.serve_forever()
asyncio.run(main())
""",
    "runs asyncio with an executor": """
async def handle(reader, writer):
    await reader.read(100)
    await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.2)
    writer.write(b"answer"); await reader.read(100)
async def main():
    listener.setblocking(False)
    async with await asyncio.start_server(handle, sock=listener) as server:
        await server.serve_forever()
asyncio.run(main())
""",
    "runs socketserver": """
import socketserver
class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(100); time.sleep(0.2); self.request.sendall(b"answer")
        self.request.recv(100)
server = socketserver.ThreadingTCPServer(("", 0), Handler, bind_and_activate=False)
server.socket = listener
server.serve_forever()
""",
    "forks for each client": """
while True:
    take()
    if os.fork() == 0:
        time.sleep(0.2); answer(); conn.recv(100); os._exit(0)
    conn.close()
""",
}
C_HEAD = """
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static int conn, listener;
static char buffer[100];
static void nothing(int number) { (void)number; }
static void handle(int number) {
    struct sigaction action; memset(&action, 0, sizeof action);
    action.sa_handler = nothing; sigaction(number, &action, 0);
}
"""
C_TAIL = """
int main(void) {
    struct sockaddr_in a; memset(&a, 0, sizeof a); int on = 1;
    a.sin_family = AF_INET; a.sin_port = htons(12000);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (struct sockaddr *)&a, sizeof a); listen(listener, 5);
    conn = accept(listener, 0, 0); read(conn, buffer, 100);
    wait_a_while();
    write(conn, "answer", 6); read(conn, buffer, 100); return 0;
}
"""
C = {
    "C: sleeps": "static void wait_a_while(void) { usleep(200000); }",
    "C: has a kernel time-out": """
static void wait_a_while(void) {
    struct timeval t = {0, 200000}; setsockopt(conn, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
    recv(conn, buffer, 1, 0);
    t.tv_usec = 0; setsockopt(conn, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
}""",
    "C: polls with a time-out": """
static void wait_a_while(void) { struct pollfd p = {conn, POLLIN, 0}; poll(&p, 1, 200); }""",
    "C: is interrupted by an alarm": """
static void wait_a_while(void) {
    struct itimerval t = {{0, 0}, {0, 200000}}; handle(SIGALRM);
    setitimer(ITIMER_REAL, &t, 0); recv(conn, buffer, 1, 0); signal(SIGALRM, SIG_DFL);
}""",
    "C: has a POSIX timer": """
static void wait_a_while(void) {
    timer_t t; struct sigevent e; struct itimerspec at = {{0, 0}, {0, 200000000}};
    memset(&e, 0, sizeof e); e.sigev_notify = SIGEV_SIGNAL; e.sigev_signo = SIGUSR1;
    handle(SIGUSR1); timer_create(CLOCK_MONOTONIC, &e, &t); timer_settime(t, 0, &at, 0);
    pause(); timer_delete(t);
}""",
    "C: has a timer descriptor": """
static void wait_a_while(void) {
    int t = timerfd_create(CLOCK_MONOTONIC, 0), e = epoll_create1(0); uint64_t n;
    struct itimerspec at = {{0, 0}, {0, 200000000}}; struct epoll_event ev = {EPOLLIN, {0}};
    timerfd_settime(t, 0, &at, 0); epoll_ctl(e, EPOLL_CTL_ADD, t, &ev);
    epoll_wait(e, &ev, 1, -1); read(t, &n, sizeof n); close(t); close(e);
}""",
    "C: waits for a condition with a time-out": """
static void wait_a_while(void) {
    pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; pthread_cond_t c = PTHREAD_COND_INITIALIZER;
    struct timespec at; clock_gettime(CLOCK_REALTIME, &at); at.tv_nsec += 200000000;
    if (at.tv_nsec >= 1000000000) { at.tv_nsec -= 1000000000; at.tv_sec++; }
    pthread_mutex_lock(&m); pthread_cond_timedwait(&c, &m, &at); pthread_mutex_unlock(&m);
}""",
    "C: awaits a signal with a time-out": """
static void wait_a_while(void) {
    sigset_t s; struct timespec t = {0, 200000000}; sigemptyset(&s); sigaddset(&s, SIGUSR1);
    sigprocmask(SIG_BLOCK, &s, 0); sigtimedwait(&s, 0, &t);
}""",
    "C: awaits an alarm it blocked": """
static void wait_a_while(void) {
    sigset_t s; struct itimerval t = {{0, 0}, {0, 200000}}; int number;
    sigemptyset(&s); sigaddset(&s, SIGALRM); sigprocmask(SIG_BLOCK, &s, 0);
    setitimer(ITIMER_REAL, &t, 0); sigwait(&s, &number); sigprocmask(SIG_UNBLOCK, &s, 0);
}""",
    "C: waits for a vforked child": """
static void wait_a_while(void) {
    if (vfork() == 0) { execlp("sleep", "sleep", "0.2", (char *)0); _exit(1); }
    wait(0);
}""",
    "C: is sent to by a thread": """
static int pair[2];
static void *later(void *p) { usleep(200000); write(pair[0], "x", 1); return p; }
static void wait_a_while(void) {
    pthread_t t; socketpair(AF_UNIX, SOCK_STREAM, 0, pair); pthread_create(&t, 0, later, 0);
    recv(pair[1], buffer, 1, 0); pthread_join(t, 0);
}""",
}
JAVA_TEMPLATE = """
import java.io.*; import java.net.*; import java.util.concurrent.*;
import java.util.concurrent.locks.*;
public class Server {
    static Socket conn; static ServerSocket listener;
    public static void main(String[] args) throws Exception {
        listener = new ServerSocket(12000);
        conn = listener.accept();
        conn.getInputStream().read(new byte[100]);
        %s
        conn.getOutputStream().write("answer".getBytes());
        conn.getInputStream().read(new byte[100]);
    }
}
"""
JAVA = {
    "Java: sleeps": "Thread.sleep(200);",
    "Java: has a socket time-out": (
        "conn.setSoTimeout(200); try { conn.getInputStream().read(); }"
        " catch (SocketTimeoutException e) { conn.setSoTimeout(0); }"
    ),
    "Java: schedules": (
        "var pool = Executors.newScheduledThreadPool(1);"
        " pool.schedule(() -> 1, 200, TimeUnit.MILLISECONDS).get(); pool.shutdown();"
    ),
    "Java: has a slow worker": (
        "var pool = Executors.newFixedThreadPool(2);"
        " pool.submit(() -> { Thread.sleep(200); return 1; }).get(); pool.shutdown();"
    ),
    "Java: has a cached pool": (
        "var pool = Executors.newCachedThreadPool();"
        " pool.submit(() -> { Thread.sleep(200); return 1; }).get();"
    ),
    "Java: parks": "LockSupport.parkNanos(200000000L);",
    "Java: computes and collects": (
        "long end = System.nanoTime() + 200000000L; int n = 0;"
        " while (System.nanoTime() < end) n += new byte[100000].length; System.gc();"
    ),
    "Java: loads classes": 'java.util.logging.Logger.getLogger("x").info("y");'
    ' System.out.println(java.time.ZonedDateTime.now()); String.format("%s", 3.5);',
}  # fmt: skip
