import threading
from locust import HttpUser, task

lock = threading.Lock()
credentials = [("user%d" % n, "pass%d" % n) for n in range(3)]
local = threading.local()


class LockUser(HttpUser):
    def on_start(self):
        with lock:
            self.name, self.password = credentials.pop(0) if credentials else ("guest", "")
        local.name = self.name

    @task
    def use(self):
        with lock:
            n = len(credentials)
        self.client.get("/locked", params={"name": local.name, "left": n}, auth=(self.name, self.password))
        print(lock.locked(), lock.acquire(timeout=0.1))
        lock.release()
