from locust import HttpUser, TaskSet, task


class Steps(TaskSet):
    @task
    def step(self):
        self.client.get("/step", name=self.__class__.__name__ + "." + "step")
        print(isinstance(self.user, StepUser), self.parent is self.user, len(self.tasks), self.user.host == self.client.base_url)
        self.schedule_task(extra)
        self.interrupt() if self.user.round > 2 else None
        self.user.round += 1


def extra(ts):
    ts.client.get("/extra")


class StepUser(HttpUser):
    round = 0
    tasks = [Steps]
