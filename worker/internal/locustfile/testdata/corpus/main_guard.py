from locust import HttpUser, run_single_user, task


class GuardedUser(HttpUser):
    host = "http://localhost"

    @task
    def t(self):
        self.client.get("/guarded")


if __name__ == "__main__":
    run_single_user(GuardedUser)
