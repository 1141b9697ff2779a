"""A policy that is set on the session's jar decides which cookies are kept."""
from http import cookiejar
from http.cookiejar import DefaultCookiePolicy
from locust import HttpUser, task


class BlockAll(cookiejar.CookiePolicy):
    return_ok = set_ok = domain_return_ok = path_return_ok = lambda self, *args, **kwargs: False
    netscape = True
    rfc2965 = hide_cookie2 = False


class OnlyA(DefaultCookiePolicy):
    def set_ok(self, cookie, request):
        print("asked", cookie.name, cookie.value)
        return cookie.name == "a" and super().set_ok(cookie, request)


class U(HttpUser):
    @task
    def all(self):
        c = self.client
        for policy in (BlockAll(), OnlyA(), DefaultCookiePolicy(blocked_domains=["127.0.0.1"]),
                       DefaultCookiePolicy(allowed_domains=["example.test"]), DefaultCookiePolicy()):
            c.cookies.clear()
            c.cookies.set_policy(policy)
            c.get("/cookies/set?a=1&b=2")
            c.get("/cookies/set?c=3", allow_redirects=False)
            print(type(c.cookies.get_policy()).__name__, sorted(c.cookies.keys()))
            c.cookies.set("own", "1")
            r = c.get("/cookies")
            print(r.text)
