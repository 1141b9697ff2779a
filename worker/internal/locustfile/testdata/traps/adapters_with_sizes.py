"""Adapters of which nothing but the sizes of their pools is set, as many files mount them, and what is done to them later."""
from locust import HttpUser, SequentialTaskSet, task
from requests import Session
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

for_all = HTTPAdapter(pool_connections=20, pool_maxsize=100)


class Steps(SequentialTaskSet):
    def on_start(self):
        self.client.mount("https://", HTTPAdapter(pool_maxsize=50))
        self.client.mount("http://", HTTPAdapter(pool_connections=100, pool_maxsize=50))

    @task
    def plain(self):
        r = self.client.get("/plain", headers={"X-A": "b"}, params={"q": 1})
        print(r.status_code, type(r.connection).__name__, r.connection is self.client.get_adapter(r.url), sorted(vars(type(r.connection)).keys() & {"send", "close"}))
        r = self.client.post("/plain", json={"a": 1}, cookies={"c": "d"})
        print(r.status_code, r.request.headers.get("Cookie"), r.elapsed is not None)

    @task
    def redirected(self):
        r = self.client.get("/redirect/2", name="redirected")
        print(r.status_code, [h.status_code for h in r.history], [h.connection is r.connection for h in r.history])
        print(self.client.get("/redirect/1", allow_redirects=False).next.url.partition("/r")[2] != "")

    @task
    def judged(self):
        with self.client.get("/judged", catch_response=True) as r:
            print(r.connection is self.client.adapters["http://"])
            r.failure("not good")

    @task
    def of_all_users(self):
        self.client.mount("http://", for_all)
        print(self.client.get("/shared").connection is for_all, list(self.client.adapters))

    @task
    def for_a_path(self):
        own = HTTPAdapter(pool_maxsize=1)
        self.client.mount(self.client.base_url + "/own", own)
        print([self.client.get(path).connection is own for path in ("/own/1", "/other", "/OWN/2")])

    @task
    def retries_later(self):
        adapter = HTTPAdapter(pool_maxsize=10)
        self.client.mount("http://", adapter)
        self.client.get("/before", name="before")
        adapter.max_retries = Retry(total=1, status_forcelist=[500], backoff_factor=0)
        try:
            print(self.client.get("/after", name="after").status_code)
        finally:
            adapter.max_retries = Retry(0, read=False)
        self.client.get("/at the end", name="end")

    @task
    def sends_later(self):
        adapter = HTTPAdapter(pool_maxsize=10)
        self.client.mount("http://", adapter)
        self.client.get("/before", name="before")

        def send(request, **kwargs):
            request.headers["X-Sent"] = "by hand"
            return HTTPAdapter.send(adapter, request, **kwargs)

        adapter.send = send
        self.client.get("/after", name="after")
        del adapter.send
        self.client.get("/again", name="again")

    @task
    def session_of_ones_own(self):
        with Session() as session:
            session.mount("http://", HTTPAdapter(pool_maxsize=3))
            try:
                r = session.get(self.client.base_url + "/session")
                print(r.status_code, r.connection._pool_maxsize)
            except Exception as e:
                print(type(e).__name__, hasattr(e.response, "connection"))

    @task
    def none_left(self):
        self.client.adapters.clear()
        try:
            self.client.get("/nowhere")
        except Exception as e:
            print(type(e).__name__, str(e).split("'")[0])
        self.user.stop()


class Sized(HttpUser):
    tasks = [Steps]
