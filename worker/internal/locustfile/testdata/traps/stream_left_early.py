"""A stream that is not read to its end: the next request must not read the rest."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        with self.client.get("/events", stream=True, catch_response=True) as r:
            for line in r.iter_lines():
                print(line)
                break
        r = self.client.get("/plain")
        print(r.text)
