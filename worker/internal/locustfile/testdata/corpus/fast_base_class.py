import random
from locust import FastHttpUser, between, tag, task


class Base(FastHttpUser):
    abstract = True
    insecure = True
    max_redirects = 3

    def authorised(self, method, path, **kwargs):
        headers = kwargs.pop("headers", {})
        headers["Authorization"] = "Bearer fast"
        return self.client.request(method, path, headers=headers, **kwargs)


class FastApi(Base):
    wait_time = between(0.1, 0.5)

    @tag("read")
    @task(2)
    def read(self):
        r = self.authorised("GET", f"/things/{random.randint(1, 50)}", name="/things/[id]")
        if r.status_code:
            print(r.status_code, r.headers["content-type"], len(r.text))

    @task
    def write(self):
        self.authorised("PUT", "/things/1", json={"v": random.random()})

    @task
    def head(self):
        self.authorised("HEAD", "/things/1", name="head")

    @task
    def too_many_redirects(self):
        self.client.get("/redirect/5")
