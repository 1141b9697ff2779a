import contextlib
import copy
import queue
import threading
import traceback

from locust import HttpUser, constant, task

TOKENS: "queue.Queue[str]" = queue.Queue()
LOCK = threading.Lock()
for i in range(10):
    TOKENS.put(f"token-{i}")


@contextlib.contextmanager
def token():
    try:
        t = TOKENS.get(timeout=1)
    except queue.Empty:
        t = None
    try:
        yield t
    finally:
        if t is not None:
            TOKENS.put_nowait(t)


class Holder(HttpUser):
    wait_time = constant(0)
    state = {"hits": 0}

    @task
    def hold(self):
        with token() as t, LOCK:
            headers = copy.deepcopy({"X-Token": t or ""})
            try:
                self.client.get("/", headers=headers, timeout=1)
            except Exception:
                traceback.print_exc()
            self.__class__.state["hits"] += 1
