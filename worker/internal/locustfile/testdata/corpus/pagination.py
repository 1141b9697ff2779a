from urllib.parse import parse_qs, quote, urlencode, urljoin, urlparse
from locust import HttpUser, task


class PagingUser(HttpUser):
    @task
    def pages(self):
        url, page = "/api/list?" + urlencode({"page": 1, "q": "a b&c", "tags": ["x", "y"]}, doseq=True), 1
        while url and page <= 3:
            r = self.client.get(url, name="/api/list")
            if r.status_code != 200:
                break
            parts = urlparse(url)
            print(parts.path, parse_qs(parts.query))
            page += 1
            url = urljoin(url, f"list?page={page}") if r.json()["next"] is None else None
        self.client.get("/tags/" + quote("c++/ü", safe=""), name="/tags/[tag]")
