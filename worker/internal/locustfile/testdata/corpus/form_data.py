from locust import HttpUser, task


class FormUser(HttpUser):
    @task
    def form(self):
        self.client.post("/form", data={"name": "Jürgen Müller", "city": "A & B", "n": 5, "price": 1.50, "ok": True, "none": None, "list": ["x", "y"], "empty": ""})

    @task
    def pairs(self):
        self.client.post("/form", data=[("a", 1), ("b", "2"), ("a", "3")])

    @task
    def text(self):
        self.client.post("/form", data="raw=text&with=ümlaut")

    @task
    def raw_bytes(self):
        self.client.post("/form", data=b"\x00\x01binary", headers={"Content-Type": "application/octet-stream"})

    @task
    def empty(self):
        self.client.post("/form", data={})
        self.client.post("/form")

    @task
    def generator(self):
        self.client.post("/form", data=(part.encode() for part in ["one", "two", "three"]))
