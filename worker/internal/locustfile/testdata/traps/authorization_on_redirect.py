from locust import HttpUser, task


class U(HttpUser):
    @task
    def same_host(self):
        self.client.get("/redirect/1", headers={"Authorization": "Bearer kept"})

    @task
    def other_host(self):
        self.client.get("/elsewhere", headers={"Authorization": "Bearer dropped"}, name="elsewhere")
