from locust import FastHttpUser, task


class U(FastHttpUser):
    def on_start(self):
        try:
            self.client.headers.update({"X": "y"})
        except AttributeError as e:
            print(e)

    @task
    def t(self):
        self.client.headers["X"] = "z"
