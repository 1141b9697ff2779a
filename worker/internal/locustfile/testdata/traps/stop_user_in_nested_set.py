from locust import HttpUser, TaskSet, task
from locust.exception import StopUser


class U(HttpUser):
    def on_stop(self):
        self.client.get("/user/stop")

    @task
    class Outer(TaskSet):
        def on_stop(self):
            self.client.get("/outer/stop")

        @task
        class Inner(TaskSet):
            def on_stop(self):
                self.client.get("/inner/stop")
                raise RuntimeError("logged only")

            @task
            def end(self):
                self.client.get("/end")
                raise StopUser()
