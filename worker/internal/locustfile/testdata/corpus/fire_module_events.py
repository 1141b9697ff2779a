import random
import time
from locust import User, between, events, task


class DatabaseUser(User):
    wait_time = between(0.1, 0.2)

    def on_start(self):
        self.rows = {i: {"id": i, "value": i * i} for i in range(20)}

    def query(self, name, fn):
        start = time.time()
        exc = None
        result = None
        try:
            result = fn()
        except Exception as e:
            exc = e
        total = int((time.time() - start) * 1000)
        events.request.fire(request_type="DB", name=name, response_time=total, response_length=len(str(result)) if result else 0, exception=exc, context=self.context())
        return result

    @task
    def select(self):
        self.query("select", lambda: self.rows[random.randint(0, 24)])

    @task
    def update(self):
        key = random.choice(list(self.rows))

        def change():
            self.rows[key]["value"] += 1
            if key % 7 == 0:
                raise ValueError(f"row {key} is locked")
            return self.rows[key]

        self.query("update", change)
