"""What a redirect that is not followed leads to is ready to be sent."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def all(self):
        c = self.client
        r = c.post("/found", data={"a": 1}, headers={"Authorization": "Bearer x"}, allow_redirects=False)
        print(r.status_code, r.next and (r.next.method, r.next.path_url, r.next.body, sorted(r.next.headers)), r.history, r.is_redirect)
        if r.next:
            answer = c.send(r.next)
            print(type(answer).__name__, answer.status_code)
        r = c.get("/cookies/set?a=1", allow_redirects=False)
        print(r.next and r.next.headers.get("Cookie"), r._next is r.next)
        r = c.put("/temporary", data="body", allow_redirects=False)
        print(r.next and (r.next.method, r.next.body))
        print(c.get("/plain", allow_redirects=False).next, c.get("/redirect/1").next)
        r = c.head("/moved")
        print(r.status_code, r.next and r.next.method)
        r = c.get("/elsewhere", allow_redirects=False, headers={"Authorization": "Bearer x"}, name="elsewhere")
        print(r.next and (r.next.url, sorted(r.next.headers)))
        for _ in range(3):
            if r.next is None:
                break
            r = c.get("/redirect/3", allow_redirects=False) if r.url is None else r
            print(r.next.url.partition("/re")[2])
            break
