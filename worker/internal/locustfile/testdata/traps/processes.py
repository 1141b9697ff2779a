"""A file may start processes, kill them and share values; a wait for one lets other users run."""
import multiprocessing
import os
import signal
import subprocess
import threading
import unicodedata

import gevent
from locust import HttpUser, task

COUNTER = multiprocessing.Value("i", 0)
TOKEN = subprocess.check_output(["echo", "token"], text=True).strip()
caught = []
signal.signal(signal.SIGUSR1, lambda number, frame: caught.append(number))


class U(HttpUser):
    @task
    def t(self):
        with COUNTER.get_lock():
            COUNTER.value += 1
        print(TOKEN, COUNTER.value > 0, unicodedata.normalize("NFKD", "é").encode("ascii", "ignore"), unicodedata.name("é"))
        done = subprocess.run("cat; echo oops >&2; exit 3", shell=True, input="in", capture_output=True, text=True)
        print(done)
        try:
            subprocess.run(["sleep", "5"], timeout=0.05)
        except subprocess.TimeoutExpired as e:
            print(e)
        try:
            subprocess.run(["no-such-program"])
        except FileNotFoundError as e:
            print(e)
        try:
            subprocess.check_call(["sh", "-c", "exit 7"])
        except subprocess.CalledProcessError as e:
            print(e, e.returncode)
        print(os.system("exit 4"), os.popen("echo a; echo b").readlines(), os.popen("exit 1").close())
        ticks = []
        ticker = gevent.spawn(lambda: [ticks.append(gevent.sleep(0.01)) for _ in range(100)])
        subprocess.run(["sleep", "0.5"])
        ticker.kill()
        print(len(ticks) > 1)
        child = subprocess.Popen(["sleep", "30"])
        print(child.poll())
        os.kill(child.pid, signal.SIGTERM)
        print(child.wait(), child.returncode == -signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGUSR1)
        for _ in range(500):
            if not caught:
                threading.Event().wait(0.01)
        print(signal.SIGUSR1 in caught, signal.Signals(15).name)
        try:
            os.kill(2**22 + 7, 0)
        except ProcessLookupError as e:
            print(e)
        self.client.get("/plain")
