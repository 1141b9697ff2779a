"""Bodies that are made while they are sent, and those that are none."""
import io

from locust import FastHttpUser, SequentialTaskSet, task


def parts(*all):
    yield from all


class Steps(SequentialTaskSet):
    @task
    def made_while_sent(self):
        c = self.client
        c.post("/echo/1", data=parts(b"one", "zwei", b"", bytearray(b"three")))
        c.post("/echo/2", data=iter([b"a", b"b"]))
        c.put("/echo/3", data=io.BytesIO(b"x" * 5000))
        c.post("/echo/4", data=parts())
        c.post("/echo/5", data=parts(b"t"), headers={"Content-Type": "text/x", "Content-Length": "99"})
        c.get("/echo/6", data=parts(b"in a GET"))

    @task
    def a_file(self):
        with open("body.txt", "w") as f:
            f.write("from a file\n" * 3)
        with open("body.txt", "rb") as f:
            self.client.post("/echo/7", data=f)
        with open("body.txt", "rb") as f:
            self.client.post("/temporary", data=f)

    @task
    def whole(self):
        c = self.client
        c.post("/echo/8", data=bytearray(b"array"))
        c.post("/echo/9", data=memoryview(b"view"))
        c.post("/echo/10", data=b"bytes", headers={"Transfer-Encoding": "chunked"})
        c.post("/echo/11", data={"u": None, "v": [1, 2]})
        c.post("/echo/12", data=["a", b"b"])
        c.post("/echo/13", data=b"")
        c.delete("/echo/14", data="text")

    @task
    def again_after_a_redirect(self):
        self.client.post("/temporary", data=io.BytesIO(b"twice"))
        self.client.post("/permanent", data=parts(b"once"))

    @task
    def wrong_parts(self):
        self.client.post("/echo/15", data=parts(b"ok", 5))

    @task
    def raises(self):
        def broken():
            yield b"begun"
            raise KeyError("no more")

        self.client.post("/echo/16", data=broken())

    @task
    def a_number(self):
        self.client.post("/echo/17", data=17)

    @task
    def an_object(self):
        self.client.post("/echo/18", data=object())

    @task
    def pairs(self):
        self.client.post("/echo/19", data=[("a", 1)])


class U(FastHttpUser):
    tasks = [Steps]
