from locust import HttpUser, task


class Methods(HttpUser):
    @task
    def all(self):
        self.client.get("/m", headers={"A": "1"})
        self.client.post("/m", "text body")
        self.client.put("/m", b"bytes")
        self.client.patch("/m", {"form": "1"})
        self.client.delete("/m")
        self.client.delete("/m", json={"why": "because"})
        self.client.head("/m")
        self.client.options("/m")
        self.client.request("PURGE", "/m")
        self.client.request("get", "/m")
        self.client.request(method="POST", url="/m", json={"a": 1}, name="named")
        self.client.get("/m", json={"body": "in a GET"})
