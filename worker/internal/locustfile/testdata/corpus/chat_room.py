import random
from locust import HttpUser, TaskSet, between, task

GREETINGS = ("hi", "hello", "good morning")


class Room(TaskSet):
    def on_start(self):
        self.room = random.randint(1, 3)
        self.client.post(f"/rooms/{self.room}/join", name="join")
        self.sent = 0

    @task(5)
    def say(self):
        self.sent += 1
        self.client.post(f"/rooms/{self.room}/messages", json={"text": f"{random.choice(GREETINGS)} #{self.sent}"}, name="say")

    @task(2)
    def listen(self):
        self.client.get(f"/rooms/{self.room}/messages", params={"since": self.sent}, name="listen")

    @task(2)
    def leave(self):
        self.interrupt()

    def on_stop(self):
        self.client.post(f"/rooms/{self.room}/leave", name="leave")
        print("left room", self.room, "after", self.sent)


class Chatter(HttpUser):
    wait_time = between(0.1, 1)
    tasks = [Room]
