from locust import HttpUser, TaskSet, tag, task


class TaggedUser(HttpUser):
    @tag("smoke")
    @task
    def smoke(self):
        self.client.get("/smoke")

    @tag("smoke", "slow")
    @task(3)
    def slow(self):
        self.client.get("/slow-report")

    @tag("write")
    @task(5)
    def write(self):
        self.client.post("/write", json={})

    @task(5)
    def untagged(self):
        self.client.get("/untagged")

    @tag("smoke")
    @task
    class Nested(TaskSet):
        @task
        def inner(self):
            self.client.get("/inner")
            self.interrupt()

        @tag("write")
        @task
        def inner_write(self):
            self.client.get("/inner-write")
            self.interrupt()
