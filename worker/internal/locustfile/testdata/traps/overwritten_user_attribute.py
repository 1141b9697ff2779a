from locust import HttpUser, TaskSet, task


class Inner(TaskSet):
    @task
    def t(self):
        try:
            self.user = "mine"
        except AttributeError as e:
            print(e)
        self.client.get("/inner", params={"u": type(self.user).__name__})
        self.interrupt()


class U(HttpUser):
    tasks = [Inner]

    @task
    def own(self):
        self.user = {"id": 1}
        self.client.get(f"/own/{self.user['id']}")
