from locust import HttpUser, TaskSet, constant


def first(l):
    l.client.get("/first")


def second(l):
    l.client.get("/second")


class Mixed(TaskSet):
    tasks = [(first, 3), second, second]


class WebUser(HttpUser):
    tasks = [Mixed]
    wait_time = constant(0)
