from locust import HttpUser, task


class U(HttpUser):
    n = 0

    @task
    def t(self):
        self.n += 1
        self.client.get("/items/" + str(self.n))
        self.client.get("/items/%d/details?full=%s" % (self.n, True))
