from locust import HttpUser, task


class CookieUser(HttpUser):
    def on_start(self):
        self.client.post("/login", data={"u": "x"})
        print(sorted(self.client.cookies.keys()))

    @task
    def set_by_server(self):
        r = self.client.get("/cookies/set?fruit=apple&animal=cat")
        print(r.url.rsplit("/", 1)[-1] if r.url else r.url, r.cookies.get_dict() if r.history == [] else [h.status_code for h in r.history])

    @task
    def own_cookies(self):
        self.client.get("/cookies", cookies={"mine": "only this time"})
        self.client.cookies.set("kept", "yes")
        self.client.get("/cookies")
        print(self.client.cookies.get("kept"), self.client.cookies.get("nothing", "default"))

    @task
    def clear(self):
        self.client.cookies.clear()
        r = self.client.get("/cookies")
        print(r.text)

    @task
    def of_the_response(self):
        r = self.client.post("/login", data={"u": "y"})
        try:
            print(r.cookies["session"])
        except KeyError as e:
            print("no cookie", e)
