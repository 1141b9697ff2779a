"""Pools that a user class lends to its users: connections are shared, and may be bounded."""
import time
import gevent
from locust import HttpUser, task
from urllib3 import PoolManager

pools = PoolManager(maxsize=1, block=True)


class U(HttpUser):
    pool_manager = pools

    @task
    def all(self):
        began = time.time()
        jobs = [gevent.spawn(self.client.get, "/slow") for _ in range(3)]
        gevent.joinall(jobs)
        print("one after another" if time.time() - began > 1.1 or jobs[0].value.error else "at once")
        adapter = self.client.get_adapter(self.host)
        print(type(adapter).__name__, adapter.poolmanager is pools, pools.connection_pool_kw)
        self.client.get("/plain")
        pool = pools.connection_from_url(self.host)
        print(len(pools.pools), type(pool).__name__, pool.num_requests)
        answer = pool.request("GET", "/plain", retries=False) if not jobs[0].value.error else None
        print(answer and (answer.status, answer.data))
        slow = gevent.spawn(pool.request, "GET", "/slow", retries=False)
        gevent.sleep(0.1)
        try:
            print(pool.urlopen("GET", "/plain", pool_timeout=0.05, retries=False).status)
        except Exception as e:
            print(type(e).__name__, e)
        slow.join()
        print(slow.value and slow.value.status)
        self.client.close()
        self.client.get("/plain")
