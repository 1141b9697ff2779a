from locust import HttpUser, task


class Headers(HttpUser):
    @task
    def removed(self):
        self.client.get("/h", headers={"User-Agent": None, "Accept": "text/html", "accept-encoding": "identity"})

    @task
    def own(self):
        self.client.get("/h", headers={"user-agent": "mine", "X-Empty": "", "x-lower": "l", "X-Bytes": b"b", "Host": "example.org"})

    @task
    def of_the_session(self):
        self.client.headers = {"Only": "this"}
        self.client.get("/h", headers={"And": "that"})

    @task
    def wrong_type(self):
        self.client.get("/h", headers={"X-Number": 5})

    @task
    def wrong_value(self):
        self.client.get("/h", headers={"X-Line": "a\nb"})
