# The events of a worker: their order, their arguments, and what the runner and the statistics are like then.
from locust import User, constant, events, task

env = None


def listener(title):
    def show(**kw):
        shown = {k: sorted(v) if k == "data" else v if isinstance(v, int) else type(v).__name__ for k, v in kw.items()}
        if env is None or env.runner is None:
            print(title, sorted(shown))
            return
        r, s = env.runner, env.stats
        print(title, sorted(shown.items()))
        # the report that follows a stop comes earlier here: before client_stopped, so that nothing is missing when the master knows
        print("   ", r.state, "" if title.startswith("report") else r.worker_state, r.user_count, r.user_classes_count, r.target_user_count, r.worker_index, r.connected, env.process_exit_code)
        print("   ", s.total.num_requests, s.total.num_failures, s.total.fail_ratio, sorted(s.entries), sorted(e.occurrences for e in s.errors.values()), len(r.errors))

    return show


@events.init.add_listener
def remember(environment, **kw):
    global env
    env = environment


for n in "init test_start spawning_complete test_stopping test_stop quitting quit reset_stats report_to_master user_error heartbeat_sent worker_report worker_connect".split():
    getattr(events, n).add_listener(listener(n))


@events.init.add_listener
def more(environment, **kw):
    for n in "report_to_master quitting test_stop spawning_complete test_start quit".split():
        getattr(environment.events, n).add_listener(listener(n + ", added in init"))


class U(User):
    wait_time = constant(100)

    def __init__(self, environment):
        super().__init__(environment)
        print("__init__", environment.runner.state, environment.runner.worker_state, environment.runner.user_count)

    def on_start(self):
        print("on_start", self.environment.runner.state, self.environment.runner.worker_state, self.environment.runner.user_count)

    def on_stop(self):
        print("on_stop", self.environment.runner.state, self.environment.runner.worker_state, self.environment.runner.user_count)

    @task
    def t(self):
        self.environment.events.request.fire(request_type="X", name="n", response_time=5, response_length=3, exception="bad")
        self.environment.events.request.fire(request_type="Y", name="n", response_time=5, response_length=3)
        raise ValueError("oops")
