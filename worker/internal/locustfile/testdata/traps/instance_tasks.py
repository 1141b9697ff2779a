from locust import HttpUser, task


def special(user):
    user.client.get("/special")


class U(HttpUser):
    def on_start(self):
        self.tasks = [special, special, U.normal]

    @task
    def normal(self):
        self.client.get("/normal")
