from random import choice, randint
from locust import HttpUser, between, task


class BlogUser(HttpUser):
    wait_time = between(1, 5)

    def on_start(self):
        self.post_ids = []

    @task(4)
    def list_posts(self):
        r = self.client.get("/posts", params={"limit": 10, "offset": randint(0, 3) * 10}, name="/posts")
        if r.ok:
            self.post_ids.extend(item["id"] for item in r.json()["items"] if item["id"] not in self.post_ids)

    @task(3)
    def read(self):
        if not self.post_ids:
            return
        self.client.get(f"/posts/{choice(self.post_ids)}", name="/posts/:id")

    @task(2)
    def write(self):
        body = {"title": f"Post {randint(1000, 9999)}", "body": "lorem ipsum " * 3, "tags": ["load", "test"]}
        with self.client.post("/posts", json=body, catch_response=True) as r:
            if r.status_code == 201:
                self.post_ids.append(r.json()["id"])
                r.success()
            else:
                r.failure(f"Failed to create post: {r.status_code}")

    @task(1)
    def edit(self):
        if self.post_ids:
            self.client.patch(f"/posts/{self.post_ids[-1]}", json={"title": "edited"}, name="/posts/:id")

    @task(1)
    def delete(self):
        if len(self.post_ids) > 1:
            self.client.delete(f"/posts/{self.post_ids.pop()}", name="/posts/:id")
