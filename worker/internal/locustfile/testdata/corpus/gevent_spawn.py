import gevent
from gevent.lock import Semaphore
from gevent.pool import Pool
from locust import HttpUser, events, task, between

all_spawned = Semaphore()
all_spawned.acquire()


@events.spawning_complete.add_listener
def on_spawned(**kwargs):
    all_spawned.release()


class ParallelUser(HttpUser):
    wait_time = between(1, 2)

    @task
    def sequential_group(self):
        greenlet = gevent.spawn(self.client.get, "/in-greenlet")
        greenlet.join()
        print(greenlet.successful(), greenlet.value.status_code)

    @task
    def pool(self):
        pool = Pool(1)
        for n in range(3):
            pool.spawn(self.load, n)
        pool.join()

    def load(self, n):
        self.client.get(f"/resource/{n}", name="/resource")
        gevent.sleep(0.001)
