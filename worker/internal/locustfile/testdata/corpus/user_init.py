from locust import HttpUser, between, task


class Stateful(HttpUser):
    wait_time = between(1, 2)
    instances = 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        Stateful.instances += 1
        self.number = self.__class__.instances
        self.history = []
        self.client.verify = False
        self.client.headers["X-Number"] = str(self.number)

    @task
    def remember(self):
        r = self.client.get("/remember", params={"n": len(self.history)})
        self.history.append(r.status_code)

    def on_stop(self):
        print(self.number, self.history, self.host == self.environment.host)
