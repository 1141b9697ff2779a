from locust import HttpUser, between


def index(l):
    l.client.get("/")


def stats(l):
    l.client.get("/stats/requests")


def login(l):
    l.client.post("/login", {"username": "ellen_key", "password": "education"})


class UserTasks(HttpUser):
    host = "http://127.0.0.1:8089"
    wait_time = between(2, 5)
    tasks = {index: 3, stats: 1, login: 1}
