from locust import task, constant
from locust.contrib.fasthttp import FastHttpUser


class FastUser(FastHttpUser):
    wait_time = constant(1)
    connection_timeout = 10.0
    network_timeout = 10.0

    @task
    def index(self):
        self.client.get("/")

    @task(2)
    def post(self):
        response = self.client.post("/items", json={"name": "Ünicode", "count": 3, "price": 9.99})
        print(response.status_code, response.text)

    @task
    def with_params(self):
        self.client.get("/search?q=hello%20world&lang=en", name="/search")
