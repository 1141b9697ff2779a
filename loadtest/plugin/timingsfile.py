# The part of the plug-in that writes timings.csv and answers the tab Timings.

# Seconds between two times that the file is written anew, and the share of all time that this may take.
ANEW, SHARE = 5, 0.02
# The most rows that the tab's charts have, of all endpoints together.
RECENT = 20000
HEADER = (",".join(COLUMNS) + "\n").encode()


class Table:
    """timings.csv: the seconds in order, each whole. Each was written at some time; what came later writes the file anew from there on."""

    def __init__(self, path):
        self.first_path, self.path, self.file, self.size = path, path, None, 0
        self.seconds, self.starts = [], []  # which are in the file, and where

    def open(self):
        """Begins the file. One that was there before stays as it is."""
        base, extension = os.path.splitext(self.first_path)
        number = 1
        while self.file is None:
            try:
                self.path = self.first_path if number == 1 else "%s_%d%s" % (base, number, extension)
                file = open(self.path, "x+b", buffering=0)
            except FileExistsError:
                number += 1
                continue
            try:
                self.size = put(file, HEADER)
            except OSError:
                file.close()
                os.unlink(self.path)
                raise
            self.file = file

    def last(self):
        return self.seconds[-1] if self.seconds else -1

    def append(self, parts):
        """Adds seconds and their text: all of them, or none."""
        self.file.seek(self.size)
        try:
            put(self.file, b"".join(text for _, text in parts))
        except OSError:
            self.file.truncate(self.size)
            raise
        for second, text in parts:
            self.seconds.append(second)
            self.starts.append(self.size)
            self.size += len(text)

    def change(self, parts):
        """Puts seconds in, or in the place of those that are there, by a new file."""
        at = bisect.bisect_left(self.seconds, parts[0][0])
        ends = self.starts[1:] + [self.size]
        rest = {second: (start, end) for second, start, end in zip(self.seconds[at:], self.starts[at:], ends[at:])}
        rest.update(parts)
        seconds, starts, new = self.seconds[:at], self.starts[:at], self.path + ".new"
        file = open(new, "w+b", buffering=0)
        try:
            size = self.copy(file, 0, self.starts[at] if at < len(self.starts) else self.size)
            for second in sorted(rest):
                seconds.append(second)
                starts.append(size)
                size += put(file, rest[second]) if isinstance(rest[second], bytes) else self.copy(file, *rest[second])
            os.replace(new, self.path)
        except OSError:
            file.close()
            with contextlib.suppress(OSError):
                os.unlink(new)
            raise
        self.file.close()
        self.file, self.seconds, self.starts, self.size = file, seconds, starts, size

    def copy(self, file, start, end):
        """Copies a part of the file."""
        self.file.seek(start)
        for at in range(start, end, 1 << 20):
            put(file, self.file.read(min(1 << 20, end - at)))
        return end - start


def put(file, text):
    """Writes all of it."""
    if file.write(text) != len(text):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return len(text)


class Timings:
    """What the master knows of each second of each endpoint."""

    def __init__(self, environment, path):
        self.environment = environment
        self.table = Table(path) if path else None
        self.seconds = Seconds(Spool(os.path.dirname(path) or os.curdir) if path else None)
        self.clocks, self.moment = Clocks(), Moment(environment, self)
        self.changed, self.closed = set(), set()  # seconds: not yet in the file as they are, and those in `total`
        self.total, self.began, self.ended = {}, int(time.time()), None  # of the test, which is this one
        self.recent, self.recent_lines = {}, 0  # the lines of the newest seconds
        self.trouble, self.said, self.seen = "", set(), False
        self.next_change, self.changes = 0, 0

    def start(self):
        """Listens until the master ends. Its workers' last reports come after its event quitting."""
        hooks = self.environment.events
        hooks.worker_report.add_listener(self.report)
        hooks.test_start.add_listener(lambda **_: self.begin())
        hooks.reset_stats.add_listener(lambda **_: self.begin())
        hooks.spawning_complete.add_listener(lambda **_: self.begin() if self.environment.reset_stats else None)
        hooks.test_stop.add_listener(lambda **_: setattr(self, "ended", time.time()))
        if hasattr(hooks, "quit"):  # as from 2.13 on
            hooks.quit.add_listener(lambda **_: self.finish())
        atexit.register(self.finish)  # for a master that ends in another way
        self.look(time.time())  # begins the file
        self.following = gevent.spawn(self.follow)

    def begin(self):
        """Begins the numbers of the test anew; the file goes on."""
        self.total, self.began, self.ended = {}, int(time.time()), None

    def follow(self):
        while True:
            gevent.sleep(1)
            self.look(time.time())

    def finish(self):
        """Writes all that is known, at the end."""
        self.following.kill()  # it gives way only while it sleeps
        self.flush()

    def flush(self):
        """Writes all that is known."""
        self.next_change, self.trouble = 0, ""
        self.look(math.inf)

    def turn(self, path):
        """Goes on in another file, with seconds of its own: those until now are in the one before."""
        for file in (self.table and self.table.file, self.seconds.spool and self.seconds.spool.file):
            if file:
                file.close()
        self.table, self.seconds = Table(path), Seconds(Spool(os.path.dirname(path) or os.curdir))
        self.changed, self.closed, self.recent, self.recent_lines = set(), set(), {}, 0
        self.changes += 1  # the tab forgets the lines that it has
        self.look(time.time())  # begins the file

    def report(self, client_id="", data=None, **_):
        """Takes a worker's report. An exception would be one of Locust's."""
        now = time.time()
        self.moment.hear(client_id, now)
        try:
            self.take(client_id, data, now)
        except Unreadable as error:
            self.say(type(error.__cause__), "what worker %s tells of its requests is left out of timings: %s" % (client_id, error))
        except Exception as error:  # a listener of the user's may have changed it
            self.say(type(error), "a part of the report of worker %s is left out of timings: %r" % (client_id, error))

    def say(self, kind, text):
        """Says a line, of each kind one."""
        if kind not in self.said:
            self.said.add(kind)
            log.warning("%s", text)

    def take(self, client, data, now):
        for entry in data.get("stats") or ():
            key = (str(entry.get("method") or ""), str(entry.get("name")), False)
            failed = entry.get("num_fail_per_sec") or {}
            for second, times in (entry.get("num_reqs_per_sec") or {}).items():
                for row in self.rows(int(second), key):
                    row.requests += times
                    row.failures += failed.get(second, 0)
        if KEY in data:
            self.seen = True
            for second, key, *said in told(data[KEY]):
                for row in self.rows(second, key):
                    row.add(*said)
        self.clocks.look(client, data.get("stats_total") or {}, now)

    def rows(self, second, key):
        """The row of a second, to be added to, and that of the test if the second is in it already."""
        found = []
        rows = self.seconds.rows(second)
        if rows is not None:
            found.append(rows.get(key) or rows.setdefault(key, Row()))
            self.changed.add(second)
        elif self.table:
            self.say("lost", "what a worker tells of %s comes too late for timings" % iso(second))
        if second in self.closed and second >= self.began:
            found.append(self.total.setdefault(key, Row()))
        return found

    def look(self, now):
        """Writes the seconds whose time has come."""
        try:
            self.changed -= self.seconds.lost
            self.write(sorted(second for second in self.changed if second + AGE <= now))
            trouble = ""
        except OSError as error:
            trouble = "timings cannot be written to %s: %s" % (self.table.path, error.strerror or error)
        except Exception as error:
            trouble = "timings: %r" % error
        if trouble and trouble != self.trouble:
            log.warning("%s; it is tried again", trouble)
        elif self.trouble and not trouble:
            log.info("timings are written to %s again", self.table.path)
        self.trouble = trouble

    def write(self, due):
        """Writes these seconds: the newer ones at the end of the file, others between those that are there."""
        for second in due:
            self.close(second)
        if not self.table:
            self.keep({second: lines(second, self.seconds.rows(second)) for second in due})
            return
        if self.table.file is None:
            self.table.open()
        last = self.table.last()
        newer = [second for second in due if second > last]
        older = [second for second in due if second <= last]
        if self.trouble:
            newer = newer[:1]  # for a look whether there is room again
        for some in (newer[i : i + HELD] for i in range(0, len(newer), HELD)):
            self.put(some, self.table.append)
        began = time.monotonic()
        if older and began >= self.next_change:
            self.put(older, self.table.change)
            self.changes += 1
            took = time.monotonic() - began
            self.next_change = began + max(ANEW, took / SHARE)

    def put(self, seconds, into):
        """Writes seconds with a method of the file."""
        found = {second: lines(second, self.seconds.rows(second)) for second in seconds}
        into([(second, self.text(second, rows).encode()) for second, rows in found.items()])
        self.keep(found)

    def keep(self, found):
        """Keeps the lines for the tab's charts, without their histograms, and knows them to be written."""
        self.changed.difference_update(found)
        for second, rows in found.items():
            self.recent_lines += len(rows) - len(self.recent.get(second, ()))
            self.recent[second] = {key: cells for key, (cells, _) in rows.items()}
        while self.recent_lines > RECENT and len(self.recent) > 1:
            self.recent_lines -= len(self.recent.pop(min(self.recent)))

    def text(self, second, rows):
        """A second as it stands in the file."""
        head = "%d,%s" % (second, iso(second))
        return "".join("%s,%s,%s,%s,%s\n" % (head, quoted(key[0]), quoted(key[1]), *cells) for key, cells in rows.items())

    def close(self, second):
        """Adds a second to those of the test."""
        if second not in self.closed:
            self.closed.add(second)
            if second >= self.began:
                for key, row in self.seconds.rows(second).items():
                    self.total.setdefault(key, Row()).merge(row)

    def window(self, span):
        """The rows of the newest `span` seconds that are whole, or of the test for 0, and how many seconds those are."""
        newest = int(time.time()) - AGE
        if self.ended is not None:
            newest = min(newest, int(self.ended))
        first = max(self.began, newest - span + 1) if span else self.began
        if not span:
            return self.total, max(1, newest - first + 1)
        rows = {}
        for second in range(first, newest + 1):
            for key, row in self.seconds.held.get(second, {}).items():
                rows.setdefault(key, Row()).merge(row)
        return rows, max(1, newest - first + 1)

    def now(self):
        """What the tab's table has."""
        import flask

        rows, seconds = self.window(flask.request.args.get("span", 10, int))
        keys = sorted(rows, key=lambda key: (key[1], key[0], key[2]))
        shown = [figures(key, rows[key]) for key in keys]
        if rows:
            on_wire = [row for key, row in rows.items() if not key[2] and row.counts and row.counts[3]]
            shown.append(figures(("", AGGREGATED, False), summed(rows), merged(on_wire)))
        return flask.jsonify(rows=shown, seconds=seconds, phases=PHASES, percentiles=PERCENTILES, seen=self.seen, trouble=self.trouble, csv=bool(self.table and self.table.file))

    def series(self):
        """Lines of one endpoint for the charts, those after a second; all of them where earlier ones have changed since."""
        import flask

        ask = flask.request.args
        key = (ask.get("type", ""), ask.get("name", ""), ask.get("apart") == "1")
        after = ask.get("after", -1, int) if ask.get("changes", -1, int) == self.changes else -1
        lines = ["%d,%s\n" % (second, self.recent[second][key]) for second in sorted(self.recent) if second > after and key in self.recent[second]]
        headers = {"Gregaria-Changes": str(self.changes), "Cache-Control": "no-store"}
        text = ",".join(COLUMNS[:1] + COLUMNS[4 : -len(WINDOWS)]) + "\n" + "".join(lines)
        return flask.Response(text, content_type="text/csv; charset=utf-8", headers=headers)

    def csv(self):
        """timings.csv as it is."""
        import flask

        if not self.table or not self.table.file:
            flask.abort(404, "there is no timings.csv: Locust writes one with --csv, or where GREGARIA_TIMINGS says, once a worker has reported")
        headers = {"Content-Length": str(self.table.size), "Content-Disposition": 'attachment; filename="%s"' % os.path.basename(self.table.path)}
        return flask.Response(pieces(open(self.table.path, "rb"), self.table.size), content_type="text/csv; charset=utf-8", headers=headers)


def figures(key, row, of=None):
    """A row of the tab's table. `spent` is how long the requests `of` a row took, in all and in each phase, in ms a request: its own, or those that
    were on the wire, without jobs and what a locustfile fires, of which no phase is known."""
    phases = {}
    known, of = row.counts or [0] * COUNTS, of or row

    def spent(phase):
        if phase not in of.phases:
            return 0
        among = of.counts and of.counts[0] or of.phases[phase].read()[0] or 1
        return round(of.phases[phase].spent() / 1000 / among, 3)

    for phase, histogram in row.phases.items():
        if phase < len(PHASES):
            count, percentiles = histogram.read()
            phases[PHASES[phase]] = {"count": count, "percentiles": [value / 1000 for value in percentiles], "max": histogram.top / 1000, "spent": spent(phase)}
    requests, failures = known[:2] if key[2] else (row.requests, row.failures)
    seen = None if key[2] or not requests else 100 * known[0] / requests
    return {
        "type": key[0], "name": key[1], "apart": key[2], "requests": requests, "failures": failures, "incomplete": known[2], "events": known[7], "polls": known[8], "seen": seen,
        "spent": spent(PHASES.index("Response")), "phases": phases,
    }
