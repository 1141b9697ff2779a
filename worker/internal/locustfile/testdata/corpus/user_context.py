from locust import HttpUser, events, task


@events.request.add_listener
def on_request(context, name, **kwargs):
    print(name, context)


class ContextUser(HttpUser):
    def context(self):
        return {"username": "ctx", "n": len(self.seen)}

    def on_start(self):
        self.seen = []

    @task
    def with_context(self):
        self.client.get("/context", context={"tags": "own"})
        self.seen.append(1)

    @task
    def without(self):
        with self.client.get("/plain-context", catch_response=True) as r:
            r.success()
