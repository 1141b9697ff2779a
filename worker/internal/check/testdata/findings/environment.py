from locust import events, HttpUser, User, task
from locust.runners import LocalRunner, MasterRunner, WorkerRunner


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


def helper(environment):  # any text, perhaps
    return environment.lower()


@events.init.add_listener
def init(environment, **kwargs):
    if isinstance(environment.runner, MasterRunner):
        import nosuch_master
    elif environment.web_ui:
        import nosuch_web
    if not isinstance(environment.runner, (MasterRunner, LocalRunner)):
        import nosuch_mine  # lacks: import of nosuch_mine: this worker has no such module
    if isinstance(environment.runner, WorkerRunner):
        return helper("x")
    import nosuch_late


class Page:
    def __init__(self, client, user):
        self.client = client
        self.client.anything()
        user.client.gett("/")
        self.owner = user

    def open(self):
        self.owner.user.client.gett("/")


class Buyer(HttpUser):
    @task
    def open(self):
        Page(self.client, self).open()
        self.client.gett("/")  # warns: the client of an HttpUser has no attribute 'gett' in Locust either: AttributeError
        self.s3.client.upload()


class Talker(User):
    def on_start(self):
        self.s3 = self.anything = None
        self.client = Page(1, 2)

    @task
    def talk(self):
        self.client.open()
        self.client.get("/")
