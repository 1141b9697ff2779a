from locust import HttpUser, task


class U(HttpUser):
    @task
    def nan(self):
        self.client.post("/json", json={"v": float("nan")})

    @task
    def unserialisable(self):
        self.client.post("/json", json={"v": {1, 2}})

    @task
    def ignored(self):
        self.client.post("/json", data="data wins", json={"a": 1})
        self.client.post("/json", data={}, json={"b": 2})
        self.client.post("/json", data=None, json={})

    @task
    def given_type(self):
        self.client.post("/json", json={"a": 1}, headers={"CONTENT-type": "application/vnd.api+json"})

    @task
    def floats(self):
        self.client.post("/json", json=[1.0, 1e16, 1e-7, 123456789.123456789, 2**64, -0.0, 1e22, 0.1 + 0.2, 5e-324, True])

    @task
    def received(self):
        for path in ("/numbers", "/nan", "/twice"):
            r = self.client.get(path)
            if r.status_code == 200:
                print(r.json())
