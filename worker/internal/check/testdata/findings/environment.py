from locust import events, HttpUser, task


@events.test_start.add_listener
def start(environment, **kwargs):
    print(environment.host, environment.parsed_options.my_own, environment.stats.total.num_requests)
    environment.process_exit_code = 1
    environment.runner.quit()
    environment.runner.clients.ready
    environment.runner.stop_it()  # warns: the runner of a worker has no attribute 'stop_it' in Locust either: AttributeError
    environment.hosts  # warns: the environment has no attribute 'hosts' in Locust either: AttributeError
    environment.stats.totals  # warns: environment.stats has no attribute 'totals' in Locust either: AttributeError
    environment.stats.total.num_request  # warns: a StatsEntry has no attribute 'num_request' in Locust either: AttributeError
    environment.events.request.fire(request_type="x")
    events.nothing.add_listener(start)  # warns: locust.events has no attribute 'nothing' in Locust either: AttributeError


class Web(HttpUser):
    @task
    def look(self):
        self.environment.runner.send_message("m", {})
        self.environment.nope  # warns: the environment has no attribute 'nope' in Locust either: AttributeError
