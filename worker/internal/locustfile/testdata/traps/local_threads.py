import threading
from queue import Queue
from locust import HttpUser, task

results = Queue()


class U(HttpUser):
    def background(self, n):
        self.client.get(f"/thread/{n}", name="/thread")
        results.put(n * n)

    @task
    def t(self):
        for n in range(3):
            thread = threading.Thread(target=self.background, args=(n,))
            thread.start()
            thread.join()
        print([results.get(timeout=1) for _ in range(3)], results.empty())
