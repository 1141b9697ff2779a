"""Methods that are replaced on the classes themselves, for all sessions."""
import requests
import requests.adapters
import requests.sessions
from locust import HttpUser, SequentialTaskSet, task
from locust.clients import HttpSession, ResponseContextManager

calls = []


def counting(cls, name):
    plain = getattr(cls, name)

    def wrapper(self, *args, **kwargs):
        calls.append(f"{cls.__name__}.{name}")
        return plain(self, *args, **kwargs)

    setattr(cls, name, wrapper)
    return lambda: setattr(cls, name, plain)


class Steps(SequentialTaskSet):
    @task
    def each(self):
        for cls, name in (
                (HttpSession, "request"), (HttpSession, "get"), (HttpSession, "_send_request_safe_mode"), (HttpSession, "prepare_request"),
                (requests.Session, "request"), (requests.Session, "send"), (requests.Session, "prepare_request"),
                (requests.Session, "get_adapter"), (requests.Session, "resolve_redirects"), (requests.Session, "rebuild_auth"),
                (requests.adapters.HTTPAdapter, "send"), (requests.adapters.HTTPAdapter, "build_response"),
                (requests.adapters.HTTPAdapter, "add_headers"), (requests.models.PreparedRequest, "prepare"),
                (requests.models.PreparedRequest, "prepare_headers"), (requests.models.PreparedRequest, "prepare_body"),
                (ResponseContextManager, "__exit__"), (ResponseContextManager, "_report_request"), (requests.Response, "raise_for_status")):
            undo = counting(cls, name)
            client = HttpSession(self.user.host, self.user.environment.events.request, self.user)  # one that nobody has touched
            client.trust_env = False
            client.get("/redirect/1")
            undo()
            print(name, calls)
            calls.clear()
        self.client.get("/plain")
        print(calls)

    @task
    def headers_for_all(self):
        plain = requests.Session.request

        def request(self, method, url, **kwargs):
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "X-All": "yes"}
            return plain(self, method, url, **kwargs)

        requests.Session.request = request
        try:
            self.client.post("/echo/1", json={})
            print(requests.get(self.user.host + "/echo/2").status_code)
        except requests.exceptions.ConnectionError:
            print("refused")
        finally:
            requests.Session.request = plain

    @task
    def functions(self):
        plain, seen = requests.get, []
        requests.get = lambda url, **kw: (seen.append(kw), plain(url, **kw))[1]
        hook, requests.sessions.dispatch_hook = requests.sessions.dispatch_hook, lambda key, hooks, r, **kw: (seen.append(key), r)[1]
        try:
            requests.get(self.user.host + "/plain", timeout=5)
            requests.post(self.user.host + "/plain")
        except requests.exceptions.ConnectionError:
            print("refused")
        requests.get, requests.sessions.dispatch_hook = plain, hook
        print(seen)


class U(HttpUser):
    tasks = [Steps]
