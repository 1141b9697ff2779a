from locust import HttpUser, task


class Renamer(HttpUser):
    @task
    def grouped(self):
        with self.client.rename_request("/grouped"):
            self.client.get("/a/1")
            self.client.get("/b/2")
        self.client.get("/c")

    @task
    def request_name(self):
        self.client.request_name = "manual"
        self.client.get("/manual/1")
        self.client.request_name = None
        self.client.request("OPTIONS", "/options")
        self.client.options("/options")
