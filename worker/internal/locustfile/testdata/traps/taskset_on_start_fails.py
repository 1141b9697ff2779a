from locust import HttpUser, TaskSet, task


class Inner(TaskSet):
    def on_start(self):
        self.client.get("/inner/start")
        raise KeyError("inner")

    @task
    def never(self):
        self.client.get("/never")

    def on_stop(self):
        self.client.get("/inner/stop")


class Polite(TaskSet):
    def on_start(self):
        self.interrupt(reschedule=False)

    @task
    def never(self):
        self.client.get("/never")


class U(HttpUser):
    tasks = [Inner, Polite]

    def on_stop(self):
        self.client.get("/stop")
