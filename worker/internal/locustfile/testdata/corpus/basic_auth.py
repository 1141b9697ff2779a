from locust import HttpUser, task
from requests.auth import HTTPBasicAuth
import base64


class AuthUser(HttpUser):
    @task
    def tuple_auth(self):
        r = self.client.get("/private", auth=("user", "pässword"))
        print(r.status_code)

    @task
    def object_auth(self):
        self.client.get("/private", auth=HTTPBasicAuth("user", "pass:word"))

    @task
    def by_hand(self):
        token = base64.b64encode(b"user:pass").decode("ascii")
        self.client.get("/private", headers={"Authorization": "Basic " + token})

    @task
    def none_at_all(self):
        with self.client.get("/private", catch_response=True) as r:
            if r.status_code == 401:
                print(r.headers["WWW-Authenticate"])
                r.success()


class SessionAuthUser(HttpUser):
    def on_start(self):
        self.client.auth = ("session", "wide")

    @task
    def private(self):
        self.client.get("/private")
