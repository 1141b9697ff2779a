# The part of the plug-in that has --rate: so many tasks a second over all users of all workers, whatever their waits say. The master shares the
# rate out; workers begin tasks when they are due (worker/internal/rate, and turns.py for workers in Python). docs/decisions/0013-rate.md.

# The type of the messages between master and workers, and the name of the option that tells workers of a rate.
RATE = "gregaria_rate"
# Seconds: before a plan begins, it is on its way; between two looks at the users while they are spawned, and else; between two lines of the log;
# until a worker must have said that it keeps the rate.
LEAD, SOON, CALM, LINES, SILENCE = 0.1, 0.05, 0.25, 10, 10
# The most that is a rate.
MOST = 1e6


def rate_of(text):
    """The rate that a text says; None if it says none. Raises a ValueError whose text is a line."""
    text = str("" if text is None else text).strip()
    if not text:
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0
    if not 0 < rate <= MOST:
        raise ValueError("%r is no rate: give a number of tasks a second above 0 and not above a million, such as 50, or nothing for the users' own waits" % text)
    return rate


def arrivals_of(text):
    """How tasks come: constant or poisson."""
    if text not in ("constant", "poisson"):
        raise ValueError("%r is no kind of arrivals: constant has the tasks evenly spaced, poisson at random" % text)
    return text


def checked(check):
    """A type for argparse, which leaves the text as it is: the web UI keeps the type of what it changes."""

    def kept(text):
        try:
            check(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return text

    return kept


def add_options(parser, **_):
    """Adds the options. A locustfile's own --rate keeps its name and its meaning: then ours is --gregaria-rate alone."""
    for name, check, default, text in (
        ("rate", rate_of, "", "Tasks a second over all users of all workers, whatever their own waits say; empty for those."),
        ("arrivals", arrivals_of, "constant", "How the tasks of the rate come: constant (evenly spaced) or poisson (at random)."),
    ):
        taken = "--" + name in parser._option_string_actions or any(action.dest == name for action in parser._actions)
        own = "gregaria-" + name
        if "--" + own in parser._option_string_actions:
            continue  # a second copy of this file has nothing to add
        flags = ["--" + own] if taken else ["--" + name, "--" + own]
        variable = "LOCUST_" + (own if taken else name).replace("-", "_").upper()
        values = {"choices": ["constant", "poisson"]} if name == "arrivals" else {"type": checked(check), "metavar": "<float>"}
        parser.add_argument(*flags, dest="gregaria_own_" + name if taken else name, default=default, env_var=variable, help=text, **values)


def listen_last(hook, listener):
    """Adds a listener that is called after all others, also those of locustfiles that are loaded later."""
    stock = hook.add_listener

    def add_listener(other):
        stock(other)
        hook.remove_listener(listener)
        stock(listener)
        return other

    stock(listener)
    hook.add_listener = add_listener


listen_last(events.init_command_line_parser, add_options)


def wanted(options):
    """The rate and the arrivals of the options."""

    def of(name):
        own = "gregaria_own_" + name
        return getattr(options, own if hasattr(options, own) else name, "")

    return rate_of(of("rate")), arrivals_of(of("arrivals") or "constant")


def count_of():
    """What is told of tasks: see worker/internal/rate.Report."""
    return {"version": 1, "begun": 0, "late": 0, "latest": 0.0, "ended": 0, "busy": 0.0, "missed": 0, "last": False}


class Shares:
    """Shares the rate out among the workers, by their users: it lives in the master."""

    def __init__(self, environment):
        self.environment, self.runner = environment, environment.runner
        self.following = None
        self.turns = None  # of users in this process, which has no workers
        self.clear()
        environment.events.test_start.add_listener(self.begin)
        environment.events.test_stop.add_listener(self.end)
        if hasattr(self.runner, "clients"):
            self.runner.register_message(RATE, self.hear)
        else:
            self.turns = Turns(environment, self.count)
        if environment.web_ui:
            environment.web_ui.app.before_request(self.refuse)

    def clear(self):
        """Forgets the test before. A worker may report before there is one here: it knows the rate of a master that was killed."""
        self.key, self.rate, self.origin, self.sent, self.shares = None, 0.0, 0.0, 0.0, {}
        self.most = 0.0, 0  # the largest rate, and the users then
        self.complete = False  # all users of the beginning have been there
        self.total, self.lately = count_of(), count_of()
        self.heard, self.silent, self.since = {}, set(), {}  # heard: when a worker's last report came; None: it was the last of all
        self.lost = {}  # tasks of workers that went without a last word
        self.kept, self.trouble = (0.0, "constant"), ""
        self.lines = time.monotonic() + LINES

    def refuse(self):
        """Answers a form of the web UI whose rate is wrong, in Locust's own words for that."""
        import flask

        form = flask.request.form
        if flask.request.method != "POST" or not flask.request.path.endswith("/swarm"):
            return None
        try:
            for name, check in (("rate", rate_of), ("arrivals", arrivals_of)):
                own = "gregaria_own_" + name
                name = own if hasattr(self.environment.parsed_options, own) else name
                asked = check(form[name]) if name in form else None
                if asked and check is rate_of and self.runner.state in ("spawning", "running") and not self.following:
                    raise ValueError("the test has begun without --rate and cannot get one: stop it, and begin it anew")
        except ValueError as error:
            log.error("%s", error)
            return flask.jsonify(success=False, message=str(error), host=self.environment.host)
        return None

    def begin(self, **_):
        """Tells the workers, with the options of the spawn message, that there is a rate."""
        options = self.environment.parsed_options
        try:
            rate, arrivals = wanted(options)
        except ValueError as error:
            log.error("--rate: %s; the users have their own waits", error)
            rate, arrivals = None, ""
        if options is not None and (rate or hasattr(options, RATE)):
            setattr(options, RATE, rate)
        self.kill()
        if rate:
            self.clear()
            self.kept = rate, arrivals
            if self.turns:
                self.turns.begin()
            self.following = gevent.spawn(self.follow)

    def kill(self):
        if self.following:
            self.following.kill(block=False)
        self.following = None

    def end(self, **_):
        """Sums up, when the workers have said their last."""
        if self.following:
            self.kill()
            if self.turns:
                self.turns.end()
            gevent.spawn_later(0.4, self.sum_up)  # a headless master listens for 0.5 s

    def follow(self):
        while True:
            try:
                self.look()
                self.say_lately()
            except Exception:  # which must not end the master
                log.exception("--rate cannot be shared out")
            gevent.sleep(CALM if self.spawned() and time.time() - self.sent > 1 else SOON)

    def asked(self):
        """The rate and the arrivals of the options. Users who take turns go on with them: a rate that is taken away in the middle of a test stays
        as it was. (The web UI's form for a running test, once its page was loaded anew, sends an empty one.)"""
        trouble = ""
        try:
            rate, arrivals = wanted(self.environment.parsed_options)
            if rate:
                self.kept = rate, arrivals
            else:
                trouble = "--rate is empty now"
        except ValueError as error:
            trouble = "--rate: %s" % error
        if trouble and trouble != self.trouble:
            log.warning("%s: this test keeps its %g tasks a second until it is stopped", trouble, self.kept[0])
        self.trouble = trouble
        return self.kept

    def spawned(self):
        return getattr(self.runner, "spawning_completed", self.runner.state == "running")

    def users(self):
        """The workers that take part and their users."""
        if self.turns:
            return [(None, self.runner.user_count)]
        there = sorted((client.id, sum(client.user_classes_count.values())) for client in self.runner.clients.all if client.state != "missing")
        now = time.monotonic()
        self.miss({worker for worker, _ in there}, now)
        for worker, count in there:
            if not count:
                self.since.pop(worker, None)
            elif now - self.since.setdefault(worker, now) > SILENCE and worker not in self.heard and worker not in self.silent:
                self.silent.add(worker)
                log.warning(
                    "the worker %s does not keep --rate and gets no share of it: its users have their own waits. It needs a Gregaria of this release, "
                    "or, in Python, this plug-in in its -f",
                    worker,
                )
        return [(worker, 0 if worker in self.silent else count) for worker, count in there]

    def miss(self, there, now):
        """Works out how many tasks a worker took along that was killed, or cut off: nobody tells of those since its last report."""
        for worker, share in self.shares.items():
            if worker not in there and worker not in self.lost and self.heard.get(worker):
                self.lost[worker] = self.rate * share * (now - self.heard[worker])

    def look(self):
        """Sends a plan if the users or the rate are others than in the last one, and now and then for those who missed it."""
        full, arrivals = self.asked()
        users = self.users()
        running = sum(count for _, count in users)
        self.complete = self.complete or self.spawned()
        target = running if self.complete else max(running, self.runner.target_user_count or 0)
        rate = full * running / target if target else 0.0
        key = rate, arrivals, users
        if key == self.key and time.time() - self.sent < 5:
            return
        now = time.time()
        if key != self.key:
            start = now + LEAD
            phase = (start - self.origin) * self.rate % 1 if self.rate else 0.0
            self.origin = start - (phase / rate if rate else 0.0)
            self.key, self.rate, self.start = key, rate, start
            self.most = max(self.most, (rate, running))
            self.shares = {worker: count / running for worker, count in users if count}
        self.sent, low = now, 0.0
        below = 0
        for worker, count in users:
            below += count
            high = below / running if running else low
            plan = {
                "version": 1, "sent": time.time(), "rate": rate, "arrivals": arrivals, "origin": self.origin, "from": self.start, "low": low, "high": high,
            }
            low = high
            if self.turns:
                self.turns.hear(plan)
            else:
                self.runner.send_message(RATE, plan, worker)

    def hear(self, msg, **_):
        """Takes a worker's report."""
        self.heard[msg.node_id] = None if msg.data["last"] else time.monotonic()
        self.silent.discard(msg.node_id)
        self.lost.pop(msg.node_id, None)
        self.count(msg.data)

    def count(self, report):
        for into in (self.total, self.lately):
            for key in ("begun", "late", "ended", "busy", "missed"):
                into[key] += report[key]
            into["latest"] = max(into["latest"], report["latest"])

    def say_lately(self):
        if time.monotonic() < self.lines:
            return
        self.lines = time.monotonic() + LINES
        lately, self.lately = self.lately, count_of()
        if lately["late"] > lately["begun"] / 100:
            log.warning(
                "--rate: of the tasks of the last %d s %.1f %% began late, by up to %.1f s: %s",
                LINES, 100.0 * lately["late"] / lately["begun"], lately["latest"], self.enough(lately),
            )

    def enough(self, count):
        """How many users would have been enough: rate times the mean time of a task (Little's law)."""
        rate, running = self.most
        if not count["ended"]:
            return "%d users are too few" % running
        mean = count["busy"] / count["ended"]
        need = math.ceil(rate * mean)
        if need <= running:
            return (
                "%d users are enough for %g tasks a second of %.3f s, but for a moment they were not, or a worker had no core, or a limiter of its own"
                % (running, rate, mean)
            )
        return "%d users are too few, %d would have been enough (%g tasks a second of %.3f s)" % (running, need, rate, mean)

    def sum_up(self):
        total = self.total
        due = total["begun"] + total["missed"]
        text = "--rate: %d tasks were due, %d of them began late, by up to %.1f s; %d never began" % (due, total["late"], total["latest"], total["missed"])
        lost = round(sum(self.lost.values()))
        if lost:
            text += "; about %d more were those of workers that went without a word, from their last report until they were missed" % lost
        if total["late"] + total["missed"] > due / 100:
            log.warning("%s; %s", text, self.enough(total))
        else:
            log.info("%s", text)


@events.init.add_listener
def keep_rate(environment, runner, **_):
    """Begins with the process: in a master, a worker in Python, or a Locust of one process."""
    if runner is None or RATE in getattr(runner, "custom_messages", {}):
        return  # a second copy of this file has nothing to add
    if not isinstance(runner, WorkerRunner):
        Shares(environment)
        return
    turns = Turns(environment, lambda count: runner.send_message(RATE, count))
    runner.register_message(RATE, lambda msg, **_: turns.hear(msg.data))
    environment.events.test_start.add_listener(lambda **_: turns.begin() if getattr(environment.parsed_options, RATE, None) else None)
    getattr(environment.events, "test_stopping", environment.events.test_stop).add_listener(turns.end)
