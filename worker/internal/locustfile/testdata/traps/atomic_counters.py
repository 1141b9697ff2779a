from locust import HttpUser, task

hits = {}
pool = ["a", "b", "c"]
total = 0


class U(HttpUser):
    count = 0
    names = []

    @task
    def t(self):
        global total
        total += 1
        self.count += 1
        self.__class__.count += 10
        self.names.append(self.count)
        hits["n"] = hits.get("n", 0) + 1
        name = pool.pop() if pool else "none"
        self.client.get(f"/{name}", params={"count": self.count, "class": U.count, "total": total, "names": len(U.names), "hits": hits["n"]})
