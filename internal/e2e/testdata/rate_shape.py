"""Users whose number follows a shape: three classes, of which one is always two users, and one whose users leave after three tasks."""

from locust import HttpUser, LoadTestShape, constant, task
from locust.exception import StopUser


class Waiter(HttpUser):
    """Makes no second request by itself."""

    wait_time = constant(1000)
    weight = 3
    what = "/waiter"

    @task
    def get(self):
        self.client.get(self.what, timeout=60)


class Fixed(Waiter):
    fixed_count = 2
    weight = 1
    what = "/fixed"


class Leaver(Waiter):
    weight = 1
    what = "/leaver"
    done = 0

    @task
    def get(self):
        self.client.get(self.what, timeout=60)
        self.done += 1
        if self.done == 3:
            raise StopUser()


class Steps(LoadTestShape):
    """8 users, 30, 12 and 40; up slowly, and down at once."""

    use_common_options = True
    steps = [(4, 8, 8), (9, 30, 10), (12, 12, 30), (16, 40, 8)]

    def tick(self):
        for end, users, rate in self.steps:
            if self.get_run_time() < end:
                return users, rate
        return None
