from locust import HttpUser, events, task
from locust.runners import MasterRunner, WorkerRunner, LocalRunner
from locust.env import Environment


@events.init.add_listener
def on_locust_init(environment: Environment, **_kwargs):
    if isinstance(environment.runner, MasterRunner):
        print("I'm on master node")
    elif isinstance(environment.runner, WorkerRunner):
        print("I'm on a worker")
    elif isinstance(environment.runner, LocalRunner):
        print("alone")
    if not isinstance(environment.runner, MasterRunner):
        environment.runner.register_message("hello", lambda environment, msg, **kw: print("got", msg.data))


class RunnerUser(HttpUser):
    @task
    def look(self):
        runner = self.environment.runner
        self.client.get("/look", params={"users": runner.user_count, "target": runner.target_user_count, "state": runner.state in ("spawning", "running")})
        print(runner.worker_index, runner.user_classes_count)
