from locust import HttpUser, task


class U(HttpUser):
    @task
    def no_schema(self):
        self.client.base_url = "no-schema"
        try:
            self.client.get("/x")
        except Exception as e:
            print(type(e).__name__, e)
        self.client.base_url = self.host

    @task
    def invalid_schema(self):
        self.client.base_url = "ftp://host"
        try:
            self.client.get("/x")
        except Exception as e:
            print(type(e).__name__, e)
        self.client.base_url = self.host

    @task
    def invalid_url(self):
        self.client.get("http://")
