from locust import HttpUser, events, task

stats = {"content-length": 0, "requests": 0, "failures": 0}
slow = []


def on_request(request_type, name, response_time, response_length, exception, **kwargs):
    stats["requests"] += 1
    stats["content-length"] += response_length
    if exception is not None:
        stats["failures"] += 1
    if response_time > 60000:
        slow.append((name, response_time))


events.request.add_listener(on_request)


@events.test_stop.add_listener
def summary(**kwargs):
    print(f"{stats['requests']} requests, {stats['failures']} failures ({stats['failures'] / max(stats['requests'], 1):.1%}), {stats['content-length']:,} bytes")


class U(HttpUser):
    @task(3)
    def get(self):
        self.client.get("/bytes/1500")

    @task
    def fail(self):
        self.client.get("/status/500", name="broken")
