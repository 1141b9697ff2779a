"""decode_unicode yields str, for which a prefix of bytes is a TypeError."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def text(self):
        with self.client.get("/events", stream=True, catch_response=True) as r:
            for line in r.iter_lines(decode_unicode=True):
                if line.startswith(b"data: "):
                    break

    @task
    def raw(self):
        with self.client.get("/events", stream=True, catch_response=True) as r:
            print([line[6:] for line in r.iter_lines() if line.startswith(b"data: ")])
