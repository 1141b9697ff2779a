"""A file may set defaults of Locust's own options; the rows of the statistics are in the order of their first requests."""
from locust import HttpUser, constant, events, task


@events.init_command_line_parser.add_listener
def defaults(parser):
    parser.set_defaults(num_users=60, spawn_rate=5.0, web_host="127.0.0.1", own=7)
    parser.add_argument("--depth", type=int, default=3)


@events.test_stop.add_listener
def rows(environment, **kwargs):
    for (name, method), entry in environment.stats.entries.items():
        print(name, method, entry.num_requests, entry.num_failures)


class Reader(HttpUser):
    wait_time = constant(0)

    @task
    def read(self):
        options = self.environment.parsed_options
        print(options.num_users, options.spawn_rate, options.web_host, options.own, options.depth)
        for name in ("zebra", "apple", "mango"):
            self.client.get("/items", name=name)
            self.client.post("/items", name=name)
