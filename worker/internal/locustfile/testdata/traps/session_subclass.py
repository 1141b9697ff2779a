"""A session of one's own, each method of which is called where requests and Locust call it."""
from locust import HttpUser, SequentialTaskSet, task
from locust.clients import HttpSession


class Session(HttpSession):
    seen = []

    def __init__(self, user):
        super().__init__(user.host, user.environment.events.request, user)
        self.seen.append("init")

    def mount(self, prefix, adapter):
        self.seen.append(("mount", prefix, type(adapter).__name__))
        super().mount(prefix, adapter)

    def prepare_request(self, request):
        request.headers["X-Prepared"] = request.method
        prepared = super().prepare_request(request)
        prepared.headers["X-Body"] = str(prepared.body)
        return prepared

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        self.seen.append(("settings", url.rpartition("/")[2], proxies, stream, verify, cert))
        return super().merge_environment_settings(url, proxies, stream, verify, cert)

    def send(self, request, **kwargs):
        self.seen.append(("send", request.method, request.url.rpartition("/")[2], kwargs["allow_redirects"]))
        return super().send(request, **kwargs)

    def get_adapter(self, url):
        self.seen.append(("adapter", url.rpartition("/")[2]))
        return super().get_adapter(url)

    def get_redirect_target(self, resp):
        target = super().get_redirect_target(resp)
        return target and target.replace("/landing", "/plain")

    def rebuild_method(self, prepared_request, response):
        super().rebuild_method(prepared_request, response)
        prepared_request.headers["X-Rebuilt"] = prepared_request.method

    def rebuild_auth(self, prepared_request, response):
        self.seen.append(("auth", "Authorization" in prepared_request.headers))

    def rebuild_proxies(self, prepared_request, proxies):
        self.seen.append(("proxies", proxies))
        return super().rebuild_proxies(prepared_request, proxies)

    def close(self):
        self.seen.append("close")
        super().close()

    def _build_url(self, path):
        return super()._build_url("/echo" + path if path.startswith("/e/") else path)

    def _send_request_safe_mode(self, method, url, **kwargs):
        self.seen.append(("safe", method, sorted(kwargs)))
        return super()._send_request_safe_mode(method, url, **kwargs)


class Strict(HttpSession):
    def should_strip_auth(self, old_url, new_url):
        return True

    def request(self, method, url, *args, **kwargs):
        response = super().request(method, url, *args, name="strict " + method, **kwargs)
        response.mine = True
        return response


class Steps(SequentialTaskSet):
    @task
    def own_session(self):
        client = Session(self.user)
        client.get("/e/1", params={"a": 1})
        client.post("/found", data="x", headers={"Authorization": "Bearer t"})
        client.get("/status/500")
        with client:
            pass
        for entry in client.seen:
            print(entry)
        client.seen.clear()

    @task
    def strict(self):
        client = Strict(self.user.host, self.user.environment.events.request, user=self.user)
        print(client.get("/redirect/1", headers={"Authorization": "Bearer gone"}).mine)
        with client.post("/echo/2", json=[], catch_response=True) as r:
            r.failure("no")


class U(HttpUser):
    tasks = [Steps]
