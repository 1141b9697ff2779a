# The part of the plug-in that merges what workers tell of their requests: seconds, and rows of them. Documentation: docs/timings.md.

COLUMNS = "@columns@".split(",")
# The phases whose histograms are in the file, in the last columns.
WINDOWS = [PHASES.index(phase) for phase in "@windows@".split(",")]
# Where a report has it, in which format, and the name of the rows that sum up a second.
KEY, VERSION, AGGREGATED = "@key@", int("@format@"), "@aggregated@"
# The counts of a row as workers tell them.
COUNTS = 9
# The type of rows of tasks that were due and never begun.
MISSED = "@missed@"
# Seconds after its begin in which a second is written. Workers report every 3 s.
AGE = 5
# The seconds that are held in memory, and those where no other place can be had.
HELD, MOST_HELD = 120, 600
# The most of a report, once it is inflated, in bytes, and the end of time, in seconds of the epoch.
LARGEST, LATEST = 64 << 20, 1 << 33


class Unreadable(Exception):
    """A report that says what this version does not know. Its text says why."""


def told(said):
    """The rows in a worker's report, all of them right: internal/timing has the format."""
    if not isinstance(said, dict) or said.get("version") != VERSION:
        raise Unreadable("it has another version than %d: take loadtest, its plug-in and workers of one release" % VERSION)
    packed = said.get("timings")
    if not packed:
        return []
    try:
        inflate = zlib.decompressobj()
        rows = msgpack.unpackb(inflate.decompress(packed, LARGEST), raw=False, strict_map_key=False, unicode_errors="replace")
        if not inflate.eof:
            raise ValueError("%d bytes are cut off, or too many" % len(packed))
        return [right(*row) for row in rows]
    except Exception as error:  # msgpack has many
        raise Unreadable("%s: %s" % (type(error).__name__, error)) from error


def right(second, kind, name, apart, *said):
    """A row as it was told, if it is one."""
    *counts, statuses, histograms = said
    statuses, histograms = statuses or {}, histograms or {}
    whole = [second, *counts, *statuses, *statuses.values()]
    if set(map(type, whole)) != {int} or min(whole) < 0 or second >= LATEST or len(counts) != COUNTS:
        raise ValueError("the numbers %.80r" % whole)
    if not isinstance(kind, str) or not isinstance(name, str):
        raise ValueError("the name %.80r" % ((kind, name),))
    for top, first, width, buckets in histograms.values():
        size = len(buckets)
        if type(buckets) is not bytes or width not in (1, 2, 4) or size % width or not 0 <= first <= len(MIDDLES) - size // width or type(top) is not int or top < 0:
            raise ValueError("a histogram of %d bytes from %.20r on" % (size, first))
    return second, (kind, name, bool(apart)), counts, statuses, histograms


class Row:
    """What is known of one (type, name) in some time."""

    __slots__ = ("requests", "failures", "counts", "statuses", "phases")

    def __init__(self, requests=0, failures=0, counts=None, statuses=(), phases=()):
        self.requests, self.failures = requests, failures  # as Locust's statistics have them
        self.counts, self.statuses = counts, dict(statuses)  # as workers in Go tell, None where none did
        self.phases = {phase: Histogram(*said) for phase, said in phases}

    def state(self):
        """Its numbers, for __init__."""
        phases = [(phase, (h.top, h.base, tuple(h.lanes))) for phase, h in self.phases.items()]
        return self.requests, self.failures, self.counts, list(self.statuses.items()), phases

    def count(self, counts, statuses):
        self.counts = counts if self.counts is None else list(map(operator.add, self.counts, counts))
        for status, times in statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + times

    def phase(self, phase):
        found = self.phases.get(phase)
        if found is None:
            found = self.phases[phase] = Histogram()
        return found

    def add(self, counts, statuses, histograms):
        """Adds what a worker told."""
        self.count(counts, statuses)
        for phase, (top, first, width, buckets) in histograms.items():
            if buckets:
                self.phase(phase).add(top, first, width, buckets)

    def merge(self, other):
        self.requests += other.requests
        self.failures += other.failures
        if other.counts is not None:
            self.count(other.counts, other.statuses)
        self.merge_phases(other)

    def merge_phases(self, other):
        for phase, histogram in other.phases.items():
            self.phase(phase).merge(histogram)

    def cells(self, apart):
        """The columns after those that name it, as in the CSV, and those of the histograms, which are last. What nobody told is empty."""
        requests, failures, seen, counts = self.requests, self.failures, "", [""] * COUNTS
        if self.counts is not None:
            counts = self.counts
        if apart:  # Locust does not know them
            requests, failures = counts[:2]
        elif requests:
            seen = short(100 * (counts[0] or 0) / requests)
        statuses = " ".join("%d:%d" % pair for pair in sorted(self.statuses.items()))
        cells = [requests, failures, counts[2], seen, counts[3], counts[4], statuses, *counts[5:]]
        windows = dict.fromkeys(WINDOWS, "")
        for phase in range(len(PHASES)):
            if phase in self.phases:
                histogram = self.phases[phase]
                buckets = histogram.counts()
                count, percentiles = histogram.read(buckets)
                cells += [count, *(milliseconds(value) for value in percentiles), milliseconds(histogram.top)]
                if phase in windows:
                    windows[phase] = histogram.text(buckets)
            else:
                cells += NOTHING
        return ",".join(map(str, cells)), ",".join(windows.values())


# The columns of a phase without values.
NOTHING = [""] * (2 + len(PERCENTILES))


def short(percent):
    return "%g" % round(percent, 2)


def milliseconds(microseconds):
    return "%.13g" % (microseconds / 1000)


def quoted(text):
    """A cell of a CSV."""
    return '"%s"' % text.replace('"', '""') if any(letter in text for letter in ',"\r\n') else text


def lines(second, rows):
    """The lines of a second, by their (type, name, whether Locust does not know it), the sum of what Locust knows last."""
    found = {}
    for key in sorted(rows, key=lambda key: (key[1], key[0], key[2])):  # as Locust's history has them
        found[key] = rows[key].cells(key[2])
    found["", AGGREGATED, False] = summed(rows).cells(False)
    return found


def summed(rows):
    """The sum of what Locust knows."""
    total = merged(row for key, row in rows.items() if not key[2])
    for key, row in rows.items():
        if key[2] and key[0] == MISSED:  # how late they were is part of how late all were
            total.merge_phases(row)
    return total


def merged(rows):
    total = Row()
    for row in rows:
        total.merge(row)
    return total


class Spool:
    """What is known of seconds for which memory is too dear: in a file without a name."""

    def __init__(self, folder):
        self.folder, self.file, self.places, self.size = folder, None, {}, 0

    def put(self, second, rows):
        packed = zlib.compress(marshal.dumps([(key, row.state()) for key, row in rows.items()]), 1)
        if self.file is None:
            self.file = tempfile.TemporaryFile(dir=self.folder, buffering=0)
        self.file.seek(self.size)
        if self.file.write(packed) != len(packed):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.places[second] = self.size, len(packed)
        self.size += len(packed)

    def take(self, second):
        start, length = self.places.pop(second)
        self.file.seek(start)
        return {key: Row(*state) for key, state in marshal.loads(zlib.decompress(self.file.read(length)))}


class Seconds:
    """What is known of each second. Those that somebody told of last are in memory, the others in a spool, if there is one."""

    def __init__(self, spool):
        self.held, self.spool, self.trouble = {}, spool, ""
        self.lost = set()  # seconds of which too little is left for a row

    def rows(self, second):
        """The rows of a second, to be added to; None for one that is lost."""
        if second in self.lost:
            return None
        rows = self.held.pop(second, None)
        if rows is None:
            rows = self.spool.take(second) if self.spool and second in self.spool.places else {}
        self.held[second] = rows  # the last is the newest
        if len(self.held) > HELD:
            self.leave()
        return rows

    def leave(self):
        """Lets the second go that nobody has told of for longest."""
        second = next(iter(self.held))
        if self.spool:
            try:
                self.spool.put(second, self.held[second])
            except OSError as error:
                if not self.trouble:
                    self.trouble = "no room for what is known of older seconds: %s; what is not yet written of those older than %d s is lost" % (error.strerror, MOST_HELD)
                    log.warning("%s", self.trouble)
                if len(self.held) <= MOST_HELD:
                    return
                self.lost.add(second)
            else:
                self.trouble = ""
        else:
            self.lost.add(second)
        del self.held[second]


class Clocks:
    """Finds workers whose clock is wrong: the seconds of their requests are not those of others.

    A report cannot have a request that ended after it was sent: what it is ahead of this machine's clock, its worker's clock is, at least.
    That a clock is behind cannot be told from a report that was long on its way, or a worker that had nothing to do; but of twenty
    reports with many requests in each, one was quick.
    """

    AHEAD, BEHIND, REPORTS, REQUESTS = 0.5, 2.0, 20, 30

    def __init__(self):
        self.best = {}  # of each worker: reports, and the most that one was ahead

    def look(self, client, total, now):
        """Looks at stats_total of a worker's report, which came now."""
        newest, requests = total.get("last_request_timestamp"), total.get("num_requests", 0)
        if not newest or client in self.best and self.best[client] is None:
            return
        reports, ahead = self.best.get(client, (0, -math.inf))
        reports, ahead = reports + (requests >= self.REQUESTS), max(ahead, newest - now)
        self.best[client] = reports, ahead
        behind = ahead < -self.BEHIND and reports >= self.REPORTS
        if ahead > self.AHEAD or behind:
            self.best[client] = None  # it is said once
            log.warning(
                "the clock of worker %s is about %.1f s %s this machine's: its requests stand in other seconds than those of the others, in timings as in "
                "Locust's own history; set its clock (chrony, NTP)", client, abs(ahead), "behind" if behind else "ahead of",
            )
