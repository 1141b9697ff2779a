from locust import HttpUser, task


class Inspector(HttpUser):
    @task
    def inspect(self):
        r = self.client.get("/api/items/3?x=1")
        print(r.status_code, r.reason, r.url, r.headers.get("content-type"), r.headers.get("X-None", "default"))
        print(r.history, r.encoding, r.elapsed.total_seconds() < 60, len(r.content or b""), type(r.text).__name__)
        if r.request is not None:
            print(r.request.method, r.request.path_url, r.request.headers.get("Accept"), r.request.body)
        print(sorted(k.lower() for k in r.headers), "Content-Type" in r.headers, r.is_permanent_redirect)

    @task
    def truth(self):
        for path in ("/plain", "/status/404", "/status/500"):
            r = self.client.get(path)
            try:
                print(path, r.ok, bool(r), "yes" if r else "no")
            except Exception as e:
                print(path, type(e).__name__)

    @task
    def raising(self):
        r = self.client.get("/status/403")
        try:
            r.raise_for_status()
        except Exception as e:
            print(type(e).__name__, str(e)[:40])

    @task
    def post_echo(self):
        r = self.client.post("/echo", json={"k": "ü"})
        print(r.text, r.request.body if r.request else None)
