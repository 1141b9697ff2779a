from locust import HttpUser, between


def index(l):
    l.client.get("/", timeout=3)


def about(l):
    l.client.get("/about", timeout=3)


def stats(l):
    for path in ("/stats/requests", "/stats/reset"):
        l.client.get(path, timeout=3)


class Site(HttpUser):
    tasks = {index: 2, about: 1, stats: 1}
    wait_time = between(2, 5)
    min_wait = 1000
    max_wait = 2000
