# The part of the plug-in that keeps --rate in a process whose users are in Python: worker/internal/rate does it in Go.

# Seconds after its time at which a task may begin and is not late, as in worker/internal/rate.
PUNCTUAL = 0.010
# By how much faster tasks begin until a schedule that fell behind has caught up, what a timer may be late, by how much one timer changes what is
# usual, and how late timers usually are at most: as in worker/internal/rate/hiccup.go.
HURRY, TOLERANCE, STEP, PATIENT = 0.12, 0.005, 0.0002, 0.05
# 2^64 divided by the golden ratio: the places of consecutive numbers lie as far apart as can be.
GOLDEN = 11400714819323198485
NEVER = float("inf")


class Dealer:
    """When the next task is due, plan after plan: worker/internal/rate has the same in Go."""

    def __init__(self):
        self.plan, self.more, self.due, self.next = None, [], NEVER, 0

    def add(self, plan):
        self.more = [other for other in self.more if other["from"] < plan["from"]] + [plan]
        self.settle()

    def take(self):
        due = self.due
        if self.plan["arrivals"] == "poisson":
            self.due += self.draw()
        else:
            self.next += 1
            self.seek()
        self.settle()
        return due

    def settle(self):
        while self.more and self.due >= self.more[0]["from"]:
            self.plan = self.more.pop(0)
            if self.plan["arrivals"] == "poisson":
                self.due = self.plan["from"] + self.draw()
            else:
                self.next = math.ceil((self.plan["from"] - self.plan["origin"]) * self.plan["rate"])
                self.seek()

    def draw(self):
        rate = self.plan["rate"] * (self.plan["high"] - self.plan["low"])
        return DICE.expovariate(rate) if rate else NEVER

    def seek(self):
        plan = self.plan
        if not plan["rate"] or plan["high"] - plan["low"] < 1e-7:
            self.due = NEVER
            return
        while not plan["low"] <= ((self.next * GOLDEN & 0xFFFFFFFFFFFFFFFF) >> 11) / (1 << 53) < plan["high"]:
            self.next += 1
        self.due = plan["origin"] + self.next / plan["rate"]


# Not the locustfile's: its random numbers stay what they are.
DICE = random.Random()


class Turns:
    """Lets the users of this process begin their tasks when they are due."""

    def __init__(self, environment, report):
        self.environment, self.report, self.on = environment, report, False

    def begin(self):
        """Puts a turn before each task in place of the wait after it."""
        self.end()
        self.on, self.dealer, self.waiting, self.count = True, Dealer(), collections.deque(), count_of()
        self.began, self.epoch, self.ahead, self.last = time.monotonic(), time.time(), None, 0.0
        self.changed, self.hiccup, self.usual = gevent.event.Event(), (0.0, 0.0), 0.0
        self.stock = [(cls, name, cls.__dict__[name]) for cls in (TaskSet, DefaultTaskSet) for name in ("execute_task", "wait") if name in cls.__dict__]
        for cls, name, stock in self.stock:
            setattr(cls, name, self.execute(stock) if name == "execute_task" else lambda taskset: self.wait(taskset))
        self.dealing, self.telling = gevent.spawn(self.deal), gevent.spawn(self.tell)

    def end(self, **_):
        if not self.on:
            return
        self.on = False
        self.dealing.kill(block=False)
        self.telling.kill(block=False)
        for cls, name, stock in self.stock:
            setattr(cls, name, stock)
        now = self.now()
        while self.dealer.due <= now:
            self.dealer.take()
            self.count["missed"] += 1
        self.count["last"] = True
        self.send()

    def here(self):
        return self.epoch + time.monotonic() - self.began

    def now(self):
        """The master's clock, as far as its messages tell: the one that was on its way for the shortest time is believed."""
        return self.here() - (self.ahead or 0.0)

    def hear(self, plan):
        if self.on:
            ahead = self.here() - plan["sent"]
            self.ahead = ahead if self.ahead is None else min(ahead, self.ahead)
            if plan["from"] > self.last:  # or it is one that is sent again, for those who missed it
                self.last = plan["from"]
                self.dealer.add(dict(plan, **{"from": max(plan["from"], self.now())}))
                self.changed.set()

    def deal(self):
        """Gives the tasks that are due to the users who wait, in the order in which they came."""
        while True:
            now, at = self.now(), NEVER
            while self.waiting:
                at = self.when(self.waiting[0][0], now)
                if at > now:
                    break
                late = now - self.dealer.take()
                self.count["begun"] += 1
                self.count["late"] += late > PUNCTUAL
                self.count["latest"] = max(self.count["latest"], late)
                self.waiting.popleft()[1].set()
            self.changed.clear()
            if not self.changed.wait(min(at - now, 3600) if self.waiting else None):
                self.woke(self.now() - at)

    def woke(self, late):
        """Takes by how much a timer was late: what three of four are at most is usual (hiccup.go)."""
        self.usual = min(self.usual + 3 * STEP, PATIENT) if late > self.usual else max(self.usual - STEP, 0.0)

    def when(self, waiting, now):
        """When the next task may begin, if a user has waited that long: tasks that came due while this process had no core make no burst (hiccup.go)."""
        due = self.dealer.due
        if waiting > due:
            return due
        behind, since = self.hiccup
        at = max(due, (due + behind + HURRY * since) / (1 + HURRY))
        may = max(TOLERANCE, 2 * self.usual)
        if now - at > may:
            self.hiccup = now - due - may, now
            return now
        return at

    def tell(self):
        while True:
            gevent.sleep(2)
            self.send()

    def send(self):
        count, self.count = self.count, count_of()
        self.report(count)

    def turn(self, user):
        """Waits until the user may begin a task, as TaskSet.wait waits."""
        if user._state == LOCUST_STATE_STOPPING:
            raise StopUser()
        user._state = LOCUST_STATE_WAITING
        now, (behind, since) = self.now(), self.hiccup
        mine = now - max(0.0, behind - HURRY * (now - since)), gevent.event.Event()  # since when it waits, on the schedule's clock
        self.waiting.append(mine)
        self.changed.set()
        try:
            mine[1].wait()
        finally:
            if not mine[1].is_set() and mine in self.waiting:
                self.waiting.remove(mine)
        if user._state == LOCUST_STATE_STOPPING:
            raise StopUser()
        user._state = LOCUST_STATE_RUNNING
        user._gregaria_began = time.monotonic()

    def ended(self, user):
        if getattr(user, "_gregaria_began", None) is None:
            return  # it was stopped while it waited
        self.count["ended"] += 1
        self.count["busy"] += time.monotonic() - user._gregaria_began
        user._gregaria_began = None

    def execute(self, stock):
        turns = self

        def execute_task(self, task):
            user = self.user
            if hasattr(task, "tasks") and issubclass(task, TaskSet) or not turns.on:
                return stock(self, task)
            turns.turn(user)
            try:
                return stock(self, task)
            finally:
                turns.ended(user)

        return execute_task

    def wait(self, taskset):
        """Between two tasks it is nothing, since the next one waits for its turn. A task that waits begins anew."""
        user = taskset.user
        if user._state == LOCUST_STATE_STOPPING:
            raise StopUser()
        if getattr(user, "_gregaria_began", None) is not None:
            self.ended(user)
            self.turn(user)
