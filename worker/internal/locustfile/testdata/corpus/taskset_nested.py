from locust import HttpUser, TaskSet, between, task


class ForumThread(TaskSet):
    @task(3)
    def read(self):
        self.client.get("/forum/thread/1")

    @task
    def reply(self):
        self.client.post("/forum/thread/1/reply", {"text": "me too"})

    @task
    def stop(self):
        self.interrupt()


class ForumPage(TaskSet):
    wait_time = between(1, 2)
    tasks = {ForumThread: 2}

    def on_start(self):
        self.client.get("/forum")

    @task(2)
    def overview(self):
        self.client.get("/forum/overview")

    @task
    def leave(self):
        self.interrupt(reschedule=False)

    def on_stop(self):
        self.client.get("/forum/bye")


class WebsiteUser(HttpUser):
    wait_time = between(5, 9)
    tasks = [ForumPage]

    @task
    def index(self):
        self.client.get("/")
