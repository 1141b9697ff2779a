from locust import HttpUser, task
from requests.auth import AuthBase


class TokenAuth(AuthBase):
    def __init__(self, token):
        self.token = token

    def __call__(self, r):
        r.headers["X-Token"] = self.token
        return r


class AuthUser(HttpUser):
    @task
    def custom(self):
        self.client.get("/token-protected", auth=TokenAuth("t-1"))
        self.client.auth = TokenAuth("session")
        self.client.get("/token-protected")
        self.client.auth = None
