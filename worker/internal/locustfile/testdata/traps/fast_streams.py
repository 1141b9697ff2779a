"""A FastResponse is read in pieces: what has been taken is gone."""
import json

from locust import FastHttpUser, SequentialTaskSet, task


class Steps(SequentialTaskSet):
    @task
    def loop(self):
        r = self.client.get("/bytes/10000", stream=True)
        if r.status_code:
            print([len(chunk) for chunk in r], [len(chunk) for chunk in r], r.content)
        r = self.client.get("/bytes/100")
        if r.status_code:
            print([len(chunk) for chunk in r], len(r.content), list(r.iter_content()), r.read())

    @task
    def stream(self):
        r = self.client.get("/bytes/9000", stream=True)
        if r.status_code:
            s = r.stream
            print(type(s).__name__, s is r._response, s.get_code(), s.status_code, s.version, s.length, s.message_complete, s["content-type"])
            print(s.read(10), len(s.read(5000)), s.get("x", "none"), "Content-Length" in s, len(s.read()), s.read(), s.message_complete)
            print(r.content, r.text, r.isclosed())

    @task
    def pieces(self):
        r = self.client.get("/bytes/3000", stream=True)
        if r.status_code:
            print([(type(c).__name__, len(c)) for c in r.iter_content()], list(r.iter_content()))
        r = self.client.get("/latin", stream=True)
        if r.status_code:
            print(list(r.iter_content(6, False)))
            print(list(self.client.get("/latin", stream=True).iter_content(6)))

    @task
    def lines(self):
        r = self.client.get("/lines", stream=True)
        if r.status_code:
            print(r.readline(), r.readline(), r.read(4))
        r = self.client.get("/gzip", stream=True)
        if r.status_code:
            print(r.read(2), len(r) > 0, r.headers["Content-Encoding"])
            r.release()
            print(self.client.get("/gzip").json()["compressed"])

    @task
    def json_of_a_rest(self):
        r = self.client.get("/v1/models", stream=True)
        if r.status_code == 200:
            print(json.loads(r.content) == r.json(), r.content == r.content, r.data is r.content)

    @task
    def chunks(self):
        r = self.client.post("/v1/chat/completions", json={"stream": True}, stream=True)
        if r.status_code == 200:
            print([len(c) for c in r.iter_content(64)])
        with self.client.post("/v1/chat/completions", json={"stream": True}, stream=True, catch_response=True) as r:
            if r.status_code == 200:
                print(len(r.content), r.stream.length)

    @task
    def without_an_answer(self):
        r = self.client.get("http://127.0.0.1:1/", stream=True, name="refused")
        print(r.content, r.text, r.headers, r.stream if hasattr(r, "stream") else "no stream", r.status_code, r.ok)
        print(list(r))

    @task
    def without_an_answer_in_pieces(self):
        list(self.client.get("http://127.0.0.1:1/", stream=True, name="refused").iter_content())

    @task
    def iter_lines_of_a_failure(self):
        print(list(self.client.iter_lines("/status/500")))

    @task
    def iter_lines(self):
        print(list(self.client.iter_lines("/lines")), [len(x) for x in self.client.iter_lines("/bytes/3000", "POST", name="posted")])


class U(FastHttpUser):
    tasks = [Steps]
