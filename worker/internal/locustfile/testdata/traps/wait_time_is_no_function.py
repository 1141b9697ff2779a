from locust import HttpUser, TaskSet, between, task


class Number(HttpUser):
    wait_time = 1

    @task
    def t(self):
        self.client.get("/number")


class OnSet(HttpUser):
    @task
    class Inner(TaskSet):
        wait_time = lambda self: 0

        @task
        def t(self):
            self.client.get("/inner", params={"w": self.wait_time(), "u": self.user.wait_time()})
