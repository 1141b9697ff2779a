from locust import FastHttpUser, task


class FastRedirects(FastHttpUser):
    @task
    def follow(self):
        r = self.client.get("/redirect/2")
        print(r.status_code, len(r.history) if hasattr(r, "history") else "-")

    @task
    def do_not_follow(self):
        r = self.client.get("/redirect/2", allow_redirects=False)
        print(r.status_code, r.headers.get("location") if r.headers else None)

    @task
    def post_then_get(self):
        self.client.post("/found", data="payload")

    @task
    def keeps_method(self):
        self.client.post("/temporary", data="payload")

    @task
    def delete_it(self):
        self.client.delete("/items/4")

    @task
    def patch_it(self):
        self.client.patch("/items/4", json={"a": [1, 2, 3]})
