# The part of the plug-in that keeps the tests of a session apart: each has results of its own, whoever starts it, and however soon the next begins.
# loadtest --ui asks for it.

# Seconds after the end of a test in which reports of it may come. Workers in Go send their last before they say that they have stopped; those in
# Python send one every 3 s. The first also gives Locust's history, which has a row a second, one without users.
LATE, LATE_IN_PYTHON = 1.2, 3.5
# Seconds after the stop timeout of a test in which its workers must be ready for another.
READY = 5


class Session:
    """The tests of a master, and the files of each: as `locust --csv --html` writes them, named by the second of its start as loadtest's are."""

    def __init__(self, environment, folder, full_history, timings):
        self.environment, self.runner, self.timings = environment, environment.runner, timings
        self.folder, self.full_history = folder, full_history
        self.tests = []  # what loadtest is told of each
        self.writer, self.writing = None, None  # Locust's, of the CSVs of the last test
        self.python = False  # it has workers in Python
        self.workers = 0  # how many there were when it was to end
        self.asked = 0  # when the test that the form asks for is to end, 0 for never
        if environment.web_ui:
            environment.web_ui.app.before_request(self.wait)
            environment.web_ui.app.after_request(self.listen)
            environment.web_ui.app.after_request(self.follow)
        self.environment.parsed_options.stats_history_enabled = full_history  # so that the tab Download Data has it
        forget = self.runner.stats.clear_all

        def clear_all():
            """Locust forgets a test when the next begins: what was not written by then would be lost."""
            self.leave()
            forget()

        self.runner.stats.clear_all = clear_all
        hooks = environment.events
        hooks.test_start.add_listener(lambda **_: self.begin())
        if hasattr(hooks, "test_stopping"):  # as from 2.7 on
            hooks.test_stopping.add_listener(lambda **_: self.stop())
        hooks.test_stop.add_listener(lambda **_: self.end())
        hooks.worker_report.add_listener(self.report)
        if hasattr(hooks, "quit"):  # as from 2.13 on
            hooks.quit.add_listener(lambda **_: self.leave())
        atexit.register(self.leave)

    def wait(self):
        """Has a test that is asked for in the form wait for the last reports of the one before, and for all workers. They are ready again when the stop timeout is
        over; until then Locust says that it begins, and does nothing, or begins with some of them."""
        import flask

        if flask.request.method != "POST" or not flask.request.path.endswith("/swarm") or self.runner.state in ("spawning", "running"):
            return None
        deadline = time.time() + (self.environment.stop_timeout or 0) + READY
        while time.time() < deadline and (len(self.runner.clients.ready) < max(1, self.workers) or self.tests and not self.tests[-1]["closed"]):
            gevent.sleep(0.1)
        if self.runner.clients.ready:
            return None
        text = "no worker is ready for a test: see what loadtest says"
        log.error("%s", text)
        return flask.jsonify(success=False, message=text, host=self.environment.host)

    def listen(self, response):
        """Takes from the answer to the form for how long the test is to run: Edit sets that anew, or takes it away."""
        import flask

        if flask.request.method == "POST" and flask.request.path.endswith("/swarm"):
            answer = response.get_json(silent=True) or {}
            if answer.get("success"):
                self.asked = time.time() + answer["run_time"] if answer.get("run_time") else 0
                if self.running():
                    self.tests[-1]["until"] = self.asked
        return response

    def follow(self, response):
        """Keeps the page awake until a test is over, and lets it start another. Locust's asks no more when it has heard "stopping", or has heard "stopped" before the
        workers are ready: it would say so, and have its button off, until somebody loads it anew. Only a page has a referrer: others are told what is so."""
        import flask

        if not flask.request.path.endswith("/stats/requests") or not flask.request.referrer:
            return response
        told = response.get_json(silent=True) or {}
        if "state" in told:
            told["state"] = {"stopping": "running"}.get(self.runner.state, self.runner.state)  # Locust's answer may be 2 s old
            # Locust forgets a worker that has stopped, until it is ready again.
            told["worker_count"] = max(self.connected(), self.workers if self.runner.state == "stopped" else 0)
            response.set_data(json.dumps(told))
        return response

    def connected(self):
        return len([client for client in self.runner.clients.all if client.state != "missing"])

    def running(self):
        return bool(self.tests) and not self.tests[-1]["ended"]

    def report(self, data=None, **_):
        self.python = self.python or KEY not in (data or {KEY: None})

    def begin(self):
        """Begins the files of a test. One that cannot have any runs all the same, and loadtest is told why."""
        self.tests.append({"stamp": "", "began": time.time(), "stopped": 0, "ended": 0, "until": self.asked, "closed": False, "code": 0, "trouble": ""})
        self.asked, self.python = 0, False
        self.look()
        try:
            stamp = self.tests[-1]["stamp"] = self.claim()
            self.timings.turn(self.path("timings_%s.csv", stamp))
            self.writer = locust.stats.StatsCSVFileWriter(
                self.environment, locust.stats.PERCENTILES_TO_REPORT, self.path("stats_%s", stamp), self.full_history
            )
        except OSError as error:
            self.fail("the results of this test cannot be written to %s: %s" % (self.folder, error.strerror or error))
            return
        self.writing = gevent.spawn(self.writer.stats_writer)
        if self.environment.web_ui:
            self.environment.web_ui.stats_csv_writer = self.writer

    def claim(self):
        """The time that stands in the names of the files: now, or the first later second that no other run has taken. The log is who says so."""
        at = time.time()
        while True:
            stamp = time.strftime("%Y%m%d_%H%M%S", time.localtime(at))
            try:
                open(self.path("locust_%s.log", stamp), "x").close()
                return stamp
            except FileExistsError:
                at += 1

    def path(self, name, stamp):
        return os.path.join(self.folder, name % stamp)

    def fail(self, text):
        self.tests[-1]["trouble"] = text
        log.error("%s", text)

    def look(self):
        """Knows what is asked for now, which Edit changes."""
        test, options = self.tests[-1], self.environment.parsed_options
        rate, arrivals = None, ""
        with contextlib.suppress(ValueError):
            rate, arrivals = wanted(options)
        test.update(
            users=self.runner.target_user_count or 0, spawn_rate=getattr(self.runner, "spawn_rate", 0) or 0, host=self.environment.host or "",
            shape=bool(self.environment.shape_class), classes=[user.__name__ for user in self.runner.user_classes], rate=rate or 0, arrivals=arrivals,
        )

    def stop(self):
        """Knows that a test is to end: its users finish what they are in."""
        if self.running():
            self.look()
            self.tests[-1]["stopped"] = time.time()
            self.workers = self.connected()

    def end(self):
        """Knows that a test is over, and closes it when the last reports are there."""
        if not self.running() or self.runner.state in ("spawning", "running"):  # the end of one that another has already taken the place of
            return
        test = self.tests[-1]
        test["ended"] = time.time()
        test["stopped"] = test["stopped"] or test["ended"]
        gevent.spawn_later(LATE_IN_PYTHON if self.python else LATE, lambda: self.tests[-1] is test and self.close())

    def leave(self):
        """Closes the last test, as the next begins or the master ends. Reports of workers in Python would be counted to the next."""
        if not self.tests or self.tests[-1]["closed"]:
            return
        test = self.tests[-1]
        if test["ended"] and self.python and self.runner.state not in ("stopping", "cleanup"):
            gevent.sleep(max(0, test["ended"] + LATE_IN_PYTHON - time.time()))
        test["ended"] = test["ended"] or time.time()
        test["stopped"] = test["stopped"] or test["ended"]
        self.close()

    def close(self):
        """Writes what is known of the last test for good."""
        test = self.tests[-1]
        if test["closed"]:
            return
        try:
            if self.writer:
                self.write(test["stamp"])
        except Exception as error:
            self.fail("the results of the test %s are not complete: %s" % (test["stamp"], getattr(error, "strerror", None) or repr(error)))
        options, runner = self.environment.parsed_options, self.runner
        test["code"] = self.environment.process_exit_code  # as main.py of Locust finds it at its end
        if test["code"] is None:
            test["code"] = getattr(options, "exit_code_on_error", 1) if runner.errors or runner.exceptions else 0
        test["closed"] = True

    def write(self, stamp):
        """Writes the last numbers, and Locust's report."""
        writer, self.writer = self.writer, None
        self.writing.kill(block=False)  # nothing else runs until all is written
        writer.close_files()
        for table, rows in (("stats", writer.requests_csv), ("failures", writer.failures_csv), ("exceptions", writer.exceptions_csv)):
            with open("%s_%s.csv" % (writer.base_filepath, table), "w") as file:
                rows(csv.writer(file))
        self.timings.flush()
        from locust.html import get_html_report

        with open(self.path("locust_report_%s.html", stamp), "w", encoding="utf-8") as file:
            file.write(get_html_report(self.environment, show_download_link=False))

    def told(self):
        """What loadtest asks each second: the tests from number `after` on."""
        import flask

        if self.running() and not self.tests[-1]["stopped"]:
            self.look()
        return flask.jsonify(tests=self.tests[flask.request.args.get("after", 0, int) :])


def session_of(setting):
    """Reads GREGARIA_TESTS: the folder for the files of tests, and whether their history is to be a full one."""
    try:
        said = json.loads(setting)
        return said["folder"], bool(said["full_history"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("GREGARIA_TESTS: %r is not what loadtest --ui says: %s" % (setting, error)) from error
