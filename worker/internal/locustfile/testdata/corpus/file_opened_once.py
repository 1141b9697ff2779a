from locust import HttpUser, task


class OneHandle(HttpUser):
    """The usual mistake: the file is read to its end by the first request."""

    def on_start(self):
        self.file = open("data/note.txt", "rb")

    @task
    def upload(self):
        self.client.post("/upload", files={"file": self.file})

    def on_stop(self):
        self.file.close()
