"""gevent.spawn_later: its delay is a sleep that the file asks for, and GREGARIA_MAX_WAIT bounds both."""
import time

import gevent
from gevent import sleep, spawn_later
from locust import HttpUser, task


class U(HttpUser):
    def work(self, n, path="/plain"):
        return n, self.client.get(path, name=f"later {n}").status_code

    @task
    def an_hour(self):
        began = time.monotonic()
        print(gevent.spawn_later(3600, self.work, 1).get())
        print(spawn_later(7200.5, self.work, 2, path="/json").get())
        gevent.joinall([gevent.spawn_later(86400, self.work, 3)])
        never = spawn_later(3600, self.work, 4)
        never.kill()
        print(never.ready(), never.value)
        sleep(3600)
        time.sleep(3600)
        print(time.monotonic() - began < 60)
        try:
            gevent.spawn_later()
        except TypeError as e:
            print(type(e).__name__)
