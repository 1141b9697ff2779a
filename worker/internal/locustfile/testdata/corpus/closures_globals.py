from locust import HttpUser, task

counter = 0
LIMIT = 4


def make_path(prefix):
    calls = 0

    def build(suffix=""):
        nonlocal calls
        calls += 1
        return f"/{prefix}/{calls}{suffix}"

    return build


users_path = make_path("users")
posts_path = make_path("posts")
adders = [lambda x, n=n: x + n for n in range(3)]
late = [lambda: n for n in range(3)]


class CountingUser(HttpUser):
    total = 0
    shared = []

    @task
    def count(self):
        global counter
        counter += 1
        self.__class__.total += counter
        self.shared.append(counter)
        self.client.get(users_path(), name="/users")
        if counter % 2:
            self.client.get(posts_path("/x"), name="/posts")
        print(counter, CountingUser.total, len(self.shared), [f(10) for f in adders], [f() for f in late])

    @task
    def limit(self):
        if counter >= LIMIT:
            self.environment.runner.user_count
            self.client.get("/limit")
