import re
import textwrap
import urllib.parse
from operator import itemgetter

from locust import HttpUser, constant, task

CSRF = re.compile(r'name="csrf" value="([^"]+)"')
LINK = re.compile(r"<a\s+href=['\"](?P<url>/[^'\"]*)['\"]", re.IGNORECASE)


class Crawler(HttpUser):
    wait_time = constant(0.2)

    def on_start(self):
        self.todo = ["/"]
        self.done = set()

    @task
    def crawl(self):
        if not self.todo:
            return
        url = self.todo.pop()
        self.done.add(url)
        r = self.client.get(url, name="page", timeout=3)
        if m := CSRF.search(r.text):
            self.client.post("/form", data={"csrf": m.group(1)}, timeout=3)
        found = {m["url"] for m in LINK.finditer(r.text)}
        self.todo.extend(sorted(found - self.done)[:5])
        parts = urllib.parse.urlsplit(r.url or "")
        pairs = sorted(urllib.parse.parse_qs(parts.query).items(), key=itemgetter(0))
        print(textwrap.shorten(f"{parts.path}: {pairs}", width=60))
