from locust import HttpUser, events, task


@events.quitting.add_listener
def check(environment, **kw):
    if environment.stats.total.fail_ratio > 0.9:
        environment.process_exit_code = 1
    elif environment.stats.total.get_response_time_percentile(0.95) is not None and environment.stats.total.avg_response_time > 100000:
        environment.process_exit_code = 2
    else:
        environment.process_exit_code = 0


class StatsUser(HttpUser):
    @task
    def one(self):
        self.client.get("/one")

    @task
    def two(self):
        self.client.get("/two")
        total = self.environment.stats.total
        print(isinstance(total.num_requests, int), total.num_failures <= total.num_requests, 0 <= total.fail_ratio <= 1)
        print(self.environment.stats.get("/two", "GET").num_requests > 0, total.median_response_time >= 0)
