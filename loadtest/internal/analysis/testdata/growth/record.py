"""Records what a real server in Python does to its memory: MODE.csv is the monitor's, of 10 s of rest, 120 s of load and 20 s of rest.

    python record.py path/to/bin/monitor        all modes at once, or those that follow
    python record.py serve MODE PORT            the server of a mode alone

Of the monitor's columns those are kept that may leak, or say why. The load is 30 requests a second over 8 connections, each made anew after 50 requests.
"""

import csv
import gc
import http.client
import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODES = ("flat", "leak", "slow", "saw", "warm", "files", "both")
COLUMNS = ("Timestamp", "Time", "Process_RSS_MB", "Process_Threads", "Process_Open_Files", "Process_Count", "Process_Zombies", "Process_Restarts", "Process_Sockets_Close_Wait")
SECONDS, RATE, CONNECTIONS = 120, 30, 8
kept, cache = [], {}


class Cycle:
    """Garbage that only the collector of cycles frees."""

    def __init__(self):
        self.self, self.data = self, bytearray(200_000)


def work(mode, n):
    document = json.dumps({"story": ["x" * (n * 37 % 4000)] * 20})
    json.loads(document)
    if mode == "leak":  # 0.05 MB a request: 90 MB a minute
        kept.append(bytes(52_429))
    elif mode == "slow":  # 0.5 KB a request, 0.9 MB a minute: 2 to 3 % of the level
        kept.append(bytes(500))
    elif mode == "saw":
        Cycle()
    elif mode == "both":  # a saw-tooth of 3 to 4 s, and 2 KB a request: 3.5 MB a minute
        Cycle()
        kept.append(bytes(2_000))
    elif mode == "warm":  # a cache of 600 entries, full after about 40 s
        cache.setdefault(n % 600, b"x" * 40_000)
    elif mode == "files" and n % 10 == 0:
        kept.append(open("/dev/null"))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mode, count, lock = "flat", 0, threading.Lock()

    def do_GET(self):
        with Handler.lock:
            Handler.count += 1
            n = Handler.count
        work(self.mode, n)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


def client(port, until, every):
    connection, sent, due = None, 0, time.monotonic()
    while time.monotonic() < until:
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/")
        connection.getresponse().read()
        sent += 1
        if sent % 50 == 0:
            connection.close()
            connection = None
        due += every
        time.sleep(max(0, due - time.monotonic()))


def record(monitor, mode, port):
    server = subprocess.Popen([sys.executable, __file__, "serve", mode, str(port)])
    time.sleep(1)
    watch = subprocess.Popen([monitor, "--output", f"{mode}.csv", "--pid", str(server.pid), "--collect", "process,sockets", "--gpu", "off", "--duration", str(SECONDS + 30)])
    time.sleep(10)
    until = time.monotonic() + SECONDS
    clients = [threading.Thread(target=client, args=(port, until, CONNECTIONS / RATE)) for _ in range(CONNECTIONS)]
    began = int(time.time())
    for c in clients:
        c.start()
    for c in clients:
        c.join()
    print(f"{mode}: load from {began} to {int(time.time())}", flush=True)
    watch.wait()
    server.terminate()
    server.wait()
    cut(f"{mode}.csv")


def cut(path):
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))
    with open(path, "w", newline="") as f:
        out = csv.DictWriter(f, COLUMNS, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        gc.set_threshold(100 if sys.argv[2] == "both" else 700, 10, 10)
        Handler.mode = sys.argv[2]
        ThreadingHTTPServer(("127.0.0.1", int(sys.argv[3])), Handler).serve_forever()
    else:
        runs = [threading.Thread(target=record, args=(sys.argv[1], mode, 18470 + i)) for i, mode in enumerate(sys.argv[2:] or MODES)]
        for r in runs:
            r.start()
        for r in runs:
            r.join()
