from locust import FastHttpUser, HttpUser, task


class FastCacheBuster(FastHttpUser):
    @task
    def fast(self):
        with self.rest_("GET", "/api/items", headers={"X-Rest": "1"}) as r:
            print(r.js["total"] if r.js else r.js)

    @task
    def delete(self):
        with self.rest("DELETE", "/api/items/5") as r:
            if r.status_code == 204:
                print(repr(r.text), r.js)


class CacheBuster(HttpUser):
    @task
    def slow(self):
        with self.rest("GET", "/api/items") as r:
            if r.js and r.js["page"] != 1:
                r.failure("wrong page")

    @task
    def not_json(self):
        with self.rest("GET", "/plain") as r:
            print(r.js)
