from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from locust import HttpUser, events, task

Point = namedtuple("Point", ["lat", "lon"])
statuses = Counter()
by_name = defaultdict(list)
recent = deque(maxlen=3)


class GeoUser(HttpUser):
    places = [Point(48.2, 16.37), Point(lat=52.52, lon=13.405)]

    @task
    def place(self):
        for p in self.places:
            r = self.client.get("/geo", params=p._asdict())
            statuses[r.status_code] += 1
            by_name[r.request.path_url if r.request else "?"].append(p.lat)
            recent.append(p)

    @task
    def report(self):
        self.client.post("/report", json=OrderedDict(statuses=dict(statuses), recent=[list(p) for p in recent]))

    def on_stop(self):
        print(statuses.most_common(1), dict(by_name), list(recent))


@events.test_stop.add_listener
def on_test_stop(environment, **kwargs):
    print("total", sum(statuses.values()))
