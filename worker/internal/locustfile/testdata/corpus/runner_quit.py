from locust import HttpUser, constant, task


class QuitUser(HttpUser):
    wait_time = constant(0)
    n = 0

    @task
    def work(self):
        QuitUser.n += 1
        self.client.get(f"/work/{QuitUser.n}", name="/work")
        if QuitUser.n == 4:
            print("quitting")
            self.environment.runner.quit()

    def on_stop(self):
        print("stopped after", self.n)
