"""User classes whose users share connections: how many requests of each are in flight at once is what the pool lends."""
from geventhttpclient.client import HTTPClientPool
from locust import FastHttpUser, HttpUser, constant, task
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager


class Pooled(HttpUser):
    abstract = True
    fixed_count = 6
    wait_time = constant(0)

    @task
    def get(self):
        self.client.get("/" + type(self).__name__)


class One(Pooled):
    pool_manager = PoolManager(maxsize=1, block=True)


class Two(Pooled):
    pool_manager = PoolManager(maxsize=2, block=True)


class Open(Pooled):
    pool_manager = PoolManager(maxsize=1)


class NoPool(Pooled):
    pass


shared = HTTPAdapter(pool_maxsize=3, pool_block=True)


class Mounted(Pooled):
    def on_start(self):
        self.client.mount("http://", shared)


class Own(Pooled):
    """Each user has an adapter that lends one connection: they are not in each other's way."""

    def on_start(self):
        self.client.mount("http://", HTTPAdapter(pool_maxsize=1, pool_block=True))


class Fast(FastHttpUser):
    fixed_count = 6
    wait_time = constant(0)
    client_pool = HTTPClientPool(concurrency=2)

    @task
    def get(self):
        self.client.get("/Fast")


class FastOwn(FastHttpUser):
    fixed_count = 6
    wait_time = constant(0)
    concurrency = 1

    @task
    def get(self):
        self.client.get("/FastOwn")
