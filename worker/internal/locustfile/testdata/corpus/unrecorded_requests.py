import requests
from requests.exceptions import ConnectionError, HTTPError, RequestException
from locust import HttpUser, task


class SideChannel(HttpUser):
    @task
    def outside(self):
        try:
            r = requests.get(self.host + "/setup", params={"a": 1}, headers={"X-Setup": "1"}, timeout=5)
            r.raise_for_status()
            print("outside", r.status_code, r.json()["total"])
        except HTTPError as e:
            print("http error", e.response.status_code)
        except ConnectionError as e:
            print("no connection", type(e).__mro__[1].__name__)

    @task
    def session(self):
        with requests.Session() as s:
            s.headers.update({"X-Session": "yes"})
            try:
                s.post(f"{self.host}/login", json={"a": 1})
                s.get(f"{self.host}/cookies")
            except RequestException:
                print("failed")

    @task
    def inside(self):
        self.client.get("/inside")
