"""A server such as uvicorn with 19 workers, seen by its process tree: server_tree.py PORT.

The parent listens and waits, as uvicorn's supervisor does. Each worker has the listener open and wakes up ten times a second, as uvicorn's main
loop does without requests (Server.main_loop). One worker is busy for a fifth of its time.
"""

import os
import socket
import sys
import time

WORKERS = 19


def work(busy):
    while True:
        end = time.perf_counter() + (0.02 if busy else 0)
        while time.perf_counter() < end:
            pass
        time.sleep(0.08 if busy else 0.1)


def main():
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=100)
    parent = os.getpid()
    for i in range(WORKERS):
        if os.fork() == 0:
            work(busy=i == 0)
    print(listener.getsockname()[1], flush=True)
    while os.getpid() == parent:
        time.sleep(0.5)
    listener.close()


main()
