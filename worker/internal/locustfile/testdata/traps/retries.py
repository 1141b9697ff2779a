"""Retries by urllib3: how often, for what, and the words when they are used up."""
from locust import HttpUser, SequentialTaskSet, task
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


class Steps(SequentialTaskSet):
    def with_retries(self, *args, **kwargs):
        self.client.mount("http://", HTTPAdapter(max_retries=Retry(*args, **kwargs)))
        return self.client

    def tell(self, path, **kwargs):
        with self.client.get(path, catch_response=True, **kwargs) as r:
            print(path, r.status_code, type(r.error).__name__, r.error)

    @task
    def statuses(self):
        self.with_retries(2, status_forcelist=[500, 503])
        self.tell("/status/503")
        self.client.post("/status/503", data="x")
        self.with_retries(2, status_forcelist=[503], raise_on_status=False)
        self.tell("/status/503")
        self.with_retries(2, status_forcelist=[503], allowed_methods=None)
        self.client.post("/status/503", data="x")
        self.with_retries(total=5, status=1, status_forcelist=[404])
        self.tell("/status/404")

    @task
    def read_timeouts(self):
        self.with_retries(2)
        self.tell("/hang", timeout=0.3)
        self.with_retries(total=3, read=1)
        self.tell("/hang", timeout=(5, 0.3))
        self.with_retries(total=3, read=False)
        self.tell("/hang", timeout=0.3)
        self.client.post("/hang", data="x", timeout=0.3)

    @task
    def broken(self):
        self.with_retries(1)
        self.tell("/hang-up")
        self.tell("/truncated")
        self.with_retries(False)
        self.tell("/hang-up")
        self.client.mount("http://", HTTPAdapter(max_retries=1))
        self.tell("/hang-up")

    @task
    def pauses(self):
        self.with_retries(3, backoff_factor=0.05, status_forcelist=[500])
        self.tell("/status/500")
        retry = Retry(4, backoff_factor=0.5)
        for _ in range(4):
            retry = retry.increment("GET", "/", error=OSError("x"))
            print(retry, retry.get_backoff_time(), len(retry.history))
        print(retry.parse_retry_after("7"), retry.is_exhausted(), Retry.from_int(2), Retry.from_int(None).total)

    @task
    def redirects(self):
        self.with_retries(1, redirect=0)
        self.tell("/redirect/1")


class U(HttpUser):
    tasks = [Steps]
