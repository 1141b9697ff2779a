from locust import FastHttpUser, constant_throughput, task


class Api(FastHttpUser):
    wait_time = constant_throughput(2)
    connection_timeout = 10.0
    network_timeout = 10.0

    @task(5)
    def read(self):
        response = self.client.get("/items?page=1")
        if response.status_code == 200 and response.text:
            for item in response.json()["items"][:3]:
                self.client.get(f"/items/{item['id']}", name="/items/[id]")

    @task
    def write(self):
        with self.rest("POST", "/items", json={"name": "x"}) as r:
            if r.js is None:
                pass
            elif r.js.get("name") != "x":
                r.failure(f"another name: {r.js}")

    @task
    def caught(self):
        with self.client.get("/maybe", catch_response=True) as r:
            if r.status_code == 404:
                r.success()
            elif r.status_code >= 500:
                r.failure("server error")
