from locust import HttpUser, task


def shared(item, into=[]):
    into.append(item)
    return into


class Counter:
    total = 0
    items = []

    def bump(self):
        self.total += 1
        self.items.append(self.total)


class U(HttpUser):
    @task
    def t(self):
        print(shared(1), shared(2), shared(3, []))
        functions = [lambda: i for i in range(3)]
        print([f() for f in functions], [g() for g in [lambda i=i: i for i in range(3)]])
        a, b = Counter(), Counter()
        a.bump()
        a.bump()
        b.bump()
        print(a.total, b.total, Counter.total, Counter.items, "total" in a.__dict__)
        x = y = []
        x += [1]
        z = x + [2]
        print(y, z, x is y, [1, 2] == [1, 2], (1,) + (2,), "a" in {"a": 1})
        try:
            print([n for n in range(3)], n)
        except NameError as e:
            print(e)
        self.client.get("/plain", params={"n": len(Counter.items)})
