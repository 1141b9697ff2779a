import time
from urllib.parse import urlencode

from locust import HttpUser, constant, task

PAGE_SIZE = 20


class Pager(HttpUser):
    wait_time = constant(1)
    fixed_count = 2

    def pages(self, path, **query):
        page = 1
        while page <= 3:
            query.update(page=page, size=PAGE_SIZE)
            r = self.client.get(f"{path}?{urlencode(query)}", name=path, timeout=5)
            if not r.ok:
                break
            items = r.json().get("items") or []
            yield from items
            if len(items) < PAGE_SIZE:
                return
            page += 1
        else:
            print("stopped at page", page)

    @task
    def all(self):
        n = 0
        for n, item in enumerate(self.pages("/items", sort="name"), start=1):
            item.setdefault("seen", time.strftime("%H:%M:%S"))
        print("items: {:,}".format(n))
