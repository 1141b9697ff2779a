from locust import HttpUser, task


def pages(last):
    page = 1
    while page <= last:
        received = yield f"/pages/{page}"
        page += received or 1


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


class PageIterator:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

    def __len__(self):
        return self.n


class GeneratorUser(HttpUser):
    def on_start(self):
        self.urls = pages(4)

    @task
    def next_page(self):
        try:
            self.client.get(next(self.urls), name="/pages/[n]")
        except StopIteration:
            self.urls = pages(2)

    @task
    def others(self):
        print(list(flatten([1, [2, [3, 4]], 5])), list(PageIterator(3)), sum(x * x for x in range(4)), len(PageIterator(7)))
        g = pages(5)
        print(next(g), g.send(3), next(g, "end"))
