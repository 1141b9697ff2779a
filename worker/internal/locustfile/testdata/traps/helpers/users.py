from locust import HttpUser, task


class AbstractThing(HttpUser):
    abstract = True

    @task
    def base(self):
        self.client.get("/abstract")


class ImportedUser(HttpUser):
    @task
    def imported(self):
        self.client.get("/imported")
