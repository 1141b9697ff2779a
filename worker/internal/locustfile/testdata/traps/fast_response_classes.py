"""The classes of what listeners and tasks get, and what their objects have."""
from geventhttpclient.header import Headers
from geventhttpclient.useragent import BadStatusCode, CompatRequest, CompatResponse, ConnectionError
from locust import FastHttpUser, SequentialTaskSet, events, task
from locust.contrib.fasthttp import ErrorResponse, FastRequest, FastResponse, LocustBadStatusCode, ResponseContextManager


@events.request.add_listener
def seen(request_type, name, response, exception, **kw):
    print(" ", request_type, name, type(response).__name__, type(exception).__name__, list(kw))
    if isinstance(exception, LocustBadStatusCode):
        e = exception
        print("  ", isinstance(e, BadStatusCode), isinstance(e, ConnectionError), e.code, e.response.status_code, e.request.method, e.args[1:], e.kw_text)


class Steps(SequentialTaskSet):
    @task
    def classes(self):
        r = self.client.get("/echo/1")
        print([c.__name__ for c in type(r).__mro__[:3]], isinstance(r, CompatResponse), isinstance(r, ResponseContextManager))
        with self.client.get("/echo/2", catch_response=True) as r:
            print([c.__name__ for c in type(r).__mro__[:4]], r._manual_result, r._entered, r._catch_response, list(r.request_meta))
            r.note = "kept"
        print(r.note, r._manual_result, r.request_meta["response"] is r, isinstance(r.request_meta["response"], FastResponse))
        with self.client.get("/status/500", catch_response=True) as r:
            r.failure("no")
        print(repr(r._manual_result), r.status, r.status_code, r.ok)

    @task
    def request(self):
        r = self.client.post("/echo/3?a=1", json={"b": "c"}, params={"d": "e f"}, headers={"X-A": "1"})
        q = r.request
        print(type(q).__name__, isinstance(q, FastRequest), isinstance(q, CompatRequest), q.method, q.url.rpartition("/")[2], q.payload, q.body, q.data)
        print(q.selector, q.get_host(), q.get_type(), q.unverifiable, sorted(q.headers, key=str.lower), q.url_split.query)

    @task
    def headers(self):
        r = self.client.get("/plain")
        if r.status_code:
            h = r.headers
            print(type(h).__name__, isinstance(h, dict), h is r.headers, h["CONTENT-type"], h.get("no"), h.getlist("content-type"), len(h) > 1)
            h["X-Mine"] = "set"
            print(r.headers["x-mine"], dict(Headers(a="1")), Headers({"A": ["1", "2"]}), Headers([("b", "1"), ("B", "2")])["b"])
            print(sorted(h.keys()) == sorted(h), Headers(a="1") == {"A": "1"}, list(Headers(x="y").values()), Headers(x="y") | {"z": "1"})

    @task
    def redirected(self):
        r = self.client.get("/redirect/2")
        if r.status_code:
            print([(type(h).__name__, h.status_code, h.headers["location"]) for h in r.history], r.url.rpartition("/")[2], r.request.url.rpartition("/")[2], r.elapsed is not None)

    @task
    def no_answer(self):
        r = self.client.get("http://127.0.0.1:1/", name="refused")
        print(type(r).__name__, isinstance(r, ErrorResponse), repr(r.error), r.request.method, r.url, r.encoding)
        with self.client.get("http://127.0.0.1:1/", name="refused", catch_response=True) as r:
            print(type(r).__name__, repr(r.error), r.content)
        try:
            r.raise_for_status()
        except OSError as e:
            print("raised", e)
        made = ErrorResponse(FastRequest("http://x.test/y", "GET"), ValueError("v"))
        print(made.url, made.status_code, made.text, repr(made.error))

    @task
    def by_hand(self):
        r = self.client.get("/plain")
        meta = {"request_type": "HAND", "name": "made", "response_time": 1, "response_length": 2, "exception": None, "context": {}, "response": r}
        with ResponseContextManager(r, self.user.environment.events.request, meta, True) as x:
            print(x.status_code, x.text)
        with ResponseContextManager(r, self.user.environment.events.request, meta, True) as x:
            x.failure("by hand")
        with ResponseContextManager(r, self.user.environment.events.request, meta, False) as x:
            pass


class U(FastHttpUser):
    tasks = [Steps]
