"""A form whose values are all None is a body without length: requests sends it in chunks."""
import io
from locust import HttpUser, task


class U(HttpUser):
    @task
    def all(self):
        c = self.client
        for data in ({"u": None}, {"a": [], "b": None}, [("x", None)], {}, "", b"", [], {"a": ""}, {"a": [None, "1"]}):
            r = c.post("/echo", data=data, name=str(data))
            print(repr(r.request.body) if r.request else None, r.request and r.request.headers.get("Content-Length"))
        c.put("/echo", data={"u": None}, headers={"Content-Type": "text/plain"})
        c.post("/echo", data={"u": None}, headers={"Content-Length": "0"}, name="length")
        c.get("/echo", data={"u": None})
        c.post("/temporary", data={"u": None})
        c.post("/found", data={"u": None})
        c.post("/echo", data=io.BytesIO(b""))
        c.post("/echo", data=io.StringIO("text"))
        c.post("/echo", data=(part for part in ("a", b"bc", "")))
        c.post("/temporary", data=io.BytesIO(b"again"))
        c.post("/temporary", data=(part for part in ("once",)))
        c.post("/echo", data=iter([]))
        c.post("/echo", json={}, data={"u": None}, name="both")
