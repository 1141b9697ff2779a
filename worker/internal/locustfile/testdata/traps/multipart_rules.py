import io
from locust import HttpUser, task


class Named(io.BytesIO):
    name = "/some/where/data.bin"


class U(HttpUser):
    @task
    def t(self):
        self.client.post("/m", data={"z": "1", "a": ["x", "y"], "n": None, "i": 5}, files={"f": ("ü name.txt", "text", "text/plain")})
        self.client.post("/m", files={"f": Named(b"content")})
        self.client.post("/m", files={"f": ("q\"uote.txt", b"1", None, {"X-Part": "yes"})})
        self.client.post("/m", files={"f": (None, "just a field")})
        self.client.post("/m", files={})
        self.client.post("/m", files={"f": "plain str"}, headers={"X-A": "1"})
        done = Named(b"read already")
        done.read()
        self.client.post("/m", files={"f": done})

    @task
    def stream(self):
        self.client.post("/m", data=io.BytesIO(b"from a file object"))
        self.client.post("/m", data=io.StringIO("text file"))
