"""Events and hooks can be exchanged: another hook in an event's place, fire of an object or of the class, an event of one's own."""
from locust import FastHttpUser, HttpUser, SequentialTaskSet, events, task
from locust.event import EventHook, Events


class Counting(EventHook):
    def __init__(self, plain):
        super().__init__()
        self.plain, self.n = plain, 0

    def fire(self, *, reverse=False, **kw):
        self.n += 1
        self.plain.fire(reverse=reverse, **{**kw, "name": f"counted {kw['name']}"})


class Steps(SequentialTaskSet):
    @task
    def fire_of_the_object(self):
        plain, seen = events.request.fire, []
        events.request.fire = lambda **kw: (seen.append(kw["name"]), plain(**kw))[1]
        self.client.get("/plain")
        self.client.get("/plain", name="named")
        with self.client.get("/plain", name="block", catch_response=True) as r:
            r.success()
        self.user.environment.events.request.fire(request_type="X", name="by hand", response_time=1, response_length=1)
        del events.request.fire
        self.client.get("/plain", name="unseen")
        print(seen)

    @task
    def fire_of_the_class(self):
        plain, seen = EventHook.fire, []

        def fire(self, *, reverse=False, **kw):
            if self in (events.request, events.user_error):
                seen.append((self is events.request, kw.get("name")))
            return plain(self, reverse=reverse, **kw)

        EventHook.fire = fire
        try:
            self.client.get("/plain", name="of the class")
            try:
                raise KeyError("k")
            except KeyError as e:
                self.user.environment.events.user_error.fire(user_instance=self.user, exception=e, tb=e.__traceback__)
        finally:
            EventHook.fire = plain
        print(seen)

    @task
    def listeners(self):
        def first(name, **kw):
            print("first", name)

        def second(name, response_time, **kw):
            print("second", name, response_time > 0)

        before = list(events.request._handlers)
        events.request.add_listener(first)
        events.request._handlers.insert(0, second)
        self.client.get("/plain", name="two")
        print(len(events.request._handlers) - len(before), events.request._handlers[0] is second)
        events.request.remove_listener(first)
        events.request._handlers = list(before)
        self.client.get("/plain", name="none")
        events.request._handlers = []
        self.client.get("/plain", name="reported to nobody")
        self.user.environment.events.request.fire(request_type="X", name="nor this", response_time=1, response_length=1)
        events.request._handlers = before
        self.client.get("/plain", name="again")

    @task
    def another_hook(self):
        own, plain = self.user.environment.events, events.request
        own.request = Counting(plain)
        self.client.get("/plain", name="the client has the old one")
        made = type(self.user)(self.user.environment)
        made.client.get("/plain")
        own.request.fire(request_type="X", name="by hand", response_time=1, response_length=1)
        print(own.request.n, own is events, type(events.request).__name__)
        own.request = plain

    @task
    def own_events(self):
        mine = EventHook()

        @mine.add_listener
        def hear(value, **kw):
            print("heard", value, kw)

        def wrong(value):
            print("has no room for more", value)

        mine.add_listener(wrong)
        mine.fire(value=1)
        mine.fire(value=2, more=3)
        mine.fire(reverse=True, value=4)
        with mine.measure("M", "measured") as meta:
            meta["response_length"] = 7
        try:
            with mine.measure("M", "fails"):
                raise ValueError("v")
        except Exception as e:
            print("out of it", type(e).__name__)
        with events.request.measure("M", "of Locust's"):
            pass
        print(sorted(n for n in vars(Events()) if "re" in n))
        events.mine = EventHook()
        events.mine.add_listener(lambda **kw: print("mine", kw))
        self.user.environment.events.mine.fire(x=1)


class U(HttpUser):
    tasks = [Steps]


class F(FastHttpUser):
    tasks = [Steps]
