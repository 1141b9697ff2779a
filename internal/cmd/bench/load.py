"""A server that keeps the kernel's counters moving, evenly: load.py FOLDER. It says "PORT PID PID..." and works until it is ended.

It computes, forks, writes to and reads from the disk of FOLDER, faults pages in from it, and talks TCP over loopback, with connections that are refused
and listeners that overflow. What it does in a second is the same in each.
"""

import contextlib
import mmap
import os
import socket
import subprocess
import sys
import threading
import time

FOLDER = sys.argv[1]
BLOCK = 64 << 10


def every(seconds, work):
    """Does work again and again, at an even pace."""
    due = time.monotonic()
    while True:
        work()
        due = max(due + seconds, time.monotonic() - seconds)
        time.sleep(max(0, due - time.monotonic()))


def burn():
    end = time.thread_time() + 0.012
    while time.thread_time() < end:
        pass


def writer():
    file = os.open(os.path.join(FOLDER, "written"), os.O_RDWR | os.O_CREAT)
    block, at = os.urandom(BLOCK), 0

    def work():
        nonlocal at
        os.pwrite(file, block, at * BLOCK)
        os.fdatasync(file)
        at = (at + 1) % 256

    every(0.02, work)


def reader():
    path = os.path.join(FOLDER, "read")
    with open(path, "wb") as file:
        for _ in range(64):
            file.write(os.urandom(BLOCK))
        os.fsync(file.fileno())
    file, at = os.open(path, os.O_RDONLY | os.O_DIRECT), 0
    room = mmap.mmap(-1, BLOCK)
    pages = os.open(path, os.O_RDONLY)
    shown = mmap.mmap(pages, 64 * BLOCK, prot=mmap.PROT_READ)
    shown.madvise(mmap.MADV_RANDOM)

    def work():
        nonlocal at
        os.preadv(file, [room], at * BLOCK)
        start = at * BLOCK
        shown.madvise(mmap.MADV_DONTNEED, start, BLOCK)
        os.posix_fadvise(pages, start, BLOCK, os.POSIX_FADV_DONTNEED)
        shown[start]  # a major fault
        at = (at + 1) % 64

    every(0.02, work)


def echo(listener):
    def serve(connection):
        with connection:
            while data := connection.recv(1 << 16):
                connection.sendall(data)

    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def talker(port):
    kept, data = socket.create_connection(("127.0.0.1", port)), b"x" * 20000

    def ask(connection):
        connection.sendall(data)
        left = len(data)
        while left:
            left -= len(connection.recv(1 << 16))

    def work():
        ask(kept)
        with socket.create_connection(("127.0.0.1", port)) as fresh:
            ask(fresh)

    every(0.02, work)


def refused():
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()

    def work():
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))

    every(0.05, work)


def overflow():
    full, waiting = socket.create_server(("127.0.0.1", 0), backlog=1), []

    def work():
        connection = socket.socket()
        connection.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            connection.connect(full.getsockname())
        waiting.append(connection)
        if len(waiting) > 40:
            waiting.pop(2).close()

    every(0.1, work)


def run(*works):
    for work in works:
        threading.Thread(target=work, daemon=True).start()


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)
    port = listener.getsockname()[1]
    pids = []
    for works in ([writer], [reader], [lambda: talker(port), refused, overflow]):
        pid = os.fork()
        if pid == 0:
            run(*works)
            time.sleep(3600)
        pids.append(pid)
    run(lambda: echo(listener), lambda: every(0.03, burn), lambda: every(0.1, lambda: subprocess.run(["true"])))
    print(port, os.getpid(), *pids, flush=True)
    time.sleep(3600)


main()
