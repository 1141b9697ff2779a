from locust import HttpUser, TaskSet, task
from locust.exception import StopUser


class Patient(HttpUser):
    abstract = True
    waits = 0

    def wait_time(self):
        self.waits += 1
        if self.waits == 3:
            raise StopUser()
        return 0

    def on_stop(self):
        print("stopped")


class NoTasks(Patient):
    pass


class NoTasksInSet(Patient):
    @task
    class Empty(TaskSet):
        pass


class TaskInsteadOfTasks(Patient):
    task = [1]
