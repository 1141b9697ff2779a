import re
from locust import HttpUser, between, task

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r"<a href=\"(/products/(?P<id>\d+))\">(\w+)</a>", re.IGNORECASE)


class FormLogin(HttpUser):
    wait_time = between(1, 2)

    def on_start(self):
        page = self.client.get("/")
        match = TOKEN.search(page.text)
        self.csrf = match.group(1) if match else ""
        self.client.post("/login", data={"user": "x", "csrf_token": self.csrf})

    @task
    def crawl(self):
        page = self.client.get("/home")
        for m in LINK.finditer(page.text):
            self.client.get(m.group(1), name="/products/" + re.sub(r"\d+", "{id}", m.group("id")))
        print(re.findall(r"<(\w+)>", page.text)[:5], re.split(r"[,;]\s*", "a, b;c"))
        title = re.search("<title>(.*?)</title>", page.text)
        print(title.groups() if title else None)
