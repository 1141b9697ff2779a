"""Names of requests' modules that are replaced while a session lives, and put back."""
import requests
from locust import HttpUser, constant, task


class Replacing(HttpUser):
    wait_time = constant(0)

    def on_start(self):
        self.client.get("/before")
        self.seen = []

    def watching(self, module, name):
        original = getattr(module, name)

        def watched(*args, **kwargs):
            self.seen.append(name)
            return original(*args, **kwargs)

        setattr(module, name, watched)
        return original

    @task
    def replace(self):
        hooks = self.watching(requests.sessions, "dispatch_hook")
        self.client.get("/hooks")
        print("hooks", self.seen)
        cookies = self.watching(requests.sessions, "extract_cookies_to_jar")
        self.client.get("/cookies", name="cookies")
        print("and cookies", sorted(set(self.seen)))
        requests.sessions.dispatch_hook, requests.sessions.extract_cookies_to_jar = hooks, cookies
        self.seen.clear()
        encoding = self.watching(requests.adapters, "get_encoding_from_headers")
        self.client.post("/encoding", json={"a": 1})
        print("encoding", self.seen)
        requests.adapters.get_encoding_from_headers = encoding
        self.seen.clear()
        merge = requests.sessions.merge_setting
        requests.sessions.merge_setting = lambda own, session, *more, **kw: self.seen.append("merge") or merge(own, session, *more, **kw)
        self.client.get("/merge")
        print("merge", len(self.seen) > 0)
        del requests.sessions.merge_setting
        try:
            self.client.get("/deleted")
        except NameError as e:
            print("deleted", e)
        requests.sessions.merge_setting = merge
        self.seen.clear()
        self.client.get("/after")
        print("after", self.seen)
