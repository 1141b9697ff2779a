"""Records what stock Locust's worker does with a file of this folder, for TestWorker: run with the pinned Locust,

    .venv/bin/python worker/internal/locustfile/testdata/worker/record.py NAME...

It writes NAME.json: what the file printed, the exit code, and the reports that hold something. The master is this script: it
spawns one user, stops it, spawns it again and quits.
"""

import json
import os
import subprocess
import sys
import time

import msgpack
import zmq

HERE = os.path.dirname(os.path.abspath(__file__))


def record(name):
    socket = zmq.Context.instance().socket(zmq.ROUTER)
    port = socket.bind_to_random_port("tcp://127.0.0.1")
    command = [os.path.join(os.path.dirname(sys.executable), "locust"), "-f", os.path.join(HERE, name + ".py"), "--worker"]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
    worker = subprocess.Popen(
        [*command, "--master-host=127.0.0.1", f"--master-port={port}", "--skip-log-setup"], stdout=subprocess.PIPE, text=True, env=env
    )
    node, reports = None, []

    def until(wanted, seconds=10):
        nonlocal node
        end = time.time() + seconds
        while time.time() < end and worker.poll() is None:
            if not socket.poll(50):
                continue
            node, frame = socket.recv_multipart()
            kind, data, _ = msgpack.loads(frame, raw=False, strict_map_key=False)
            if kind == "stats" and (data["stats"] or data["errors"]):
                reports.append(data)
            if kind == "client_ready":
                say("ack", {"index": 0})
            if kind == wanted:
                return

    def say(kind, data=None):
        socket.send_multipart([node, msgpack.dumps((kind, data, node.decode()))])

    def spawn():
        options = {"tags": None, "exclude_tags": None, "expect_workers": 1, "users": 1, "num_users": 1}
        say("spawn", {"timestamp": time.time(), "user_classes_count": {"U": 1}, "host": "http://h", "stop_timeout": 0.0, "parsed_options": options})
        until("spawning_complete")
        say("spawning_complete", {"user_count": 1})
        until(None, 0.5)

    until("stats")
    spawn()
    say("stop")
    until("client_ready")
    until("stats", 4)
    spawn()
    say("quit")
    until("quit")
    printed = worker.communicate()[0].splitlines()
    with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as out:
        json.dump({"printed": printed, "code": worker.returncode, "reports": [plain(r) for r in reports]}, out, indent=1)
        out.write("\n")


def plain(value):
    """What JSON can hold: keys and numbers that it cannot are texts, moments and the counts by second are left out."""
    moments = ("start_time", "last_request_timestamp", "first_seen", "last_seen", "num_reqs_per_sec", "num_fail_per_sec")
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in sorted(value.items(), key=lambda item: str(item[0])) if k not in moments}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, bytes) or isinstance(value, float) and value - value != 0:
        return repr(value)
    return repr(value) if isinstance(value, float) else value


for name in sys.argv[1:]:
    record(name)
