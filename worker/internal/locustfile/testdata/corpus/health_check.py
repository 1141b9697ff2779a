from locust import HttpUser, constant, task


class HealthCheckUser(HttpUser):
    wait_time = constant(1)

    @task
    def health(self):
        self.client.get("/health")
