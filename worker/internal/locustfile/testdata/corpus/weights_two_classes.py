from locust import HttpUser, FastHttpUser, between, task


class WebUser(HttpUser):
    weight = 3
    wait_time = between(1, 2)

    @task
    def web(self):
        self.client.get("/web", headers={"X-Kind": "web"})


class MobileUser(FastHttpUser):
    weight = 1
    wait_time = between(1, 2)

    @task
    def mobile(self):
        self.client.get("/mobile", headers={"X-Kind": "mobile"})


class AbstractBase(HttpUser):
    abstract = True

    @task
    def never_spawned_alone(self):
        self.client.get("/base")


class Derived(AbstractBase):
    fixed_count = 1

    @task(2)
    def derived(self):
        self.client.get("/derived")
