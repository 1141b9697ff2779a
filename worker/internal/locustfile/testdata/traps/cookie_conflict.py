from locust import HttpUser, task
from requests.cookies import CookieConflictError


class U(HttpUser):
    @task
    def t(self):
        self.client.cookies.set("twin", "a", path="/a")
        self.client.cookies.set("twin", "b", path="/b")
        try:
            print(self.client.cookies["twin"])
        except CookieConflictError as e:
            print("conflict", e)
        try:
            self.client.cookies["absent"]
        except KeyError as e:
            print(e)
        self.client.get("/a/page")
        self.client.get("/b/page")
        self.client.get("/c/page")
        print(self.client.cookies.get_dict(path="/a"))
