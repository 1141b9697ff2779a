from locust import HttpUser, task


class Absolute(HttpUser):
    @task
    def same_host(self):
        self.client.get(self.host + "/absolute?x=1")

    @task
    def base_url(self):
        print(self.client.base_url == self.host)
        self.client.base_url = self.host + "/prefix"
        self.client.get("/relative")
        self.client.base_url = self.host

    @task
    def nobody(self):
        self.client.get("http://localhost:1/nobody", name="nobody")

    @task
    def no_schema(self):
        self.client.base_url = ""
        try:
            self.client.get("/lost")
        finally:
            self.client.base_url = self.host

    @task
    def unknown_host(self):
        self.client.get("http://no-such-host.invalid/", name="unknown host")
