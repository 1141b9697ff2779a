# The statistics of this worker since its last report to the master, as a listener on a worker sees them (locust/stats.py).
import hashlib
import logging
import time

import locust._worker as _worker
from locust.util.rounding import proper_round

logger = logging.getLogger(__name__)

CONSOLE_STATS_INTERVAL_SEC = 2
HISTORY_STATS_INTERVAL_SEC = 5
CSV_STATS_INTERVAL_SEC = 1
CSV_STATS_FLUSH_INTERVAL_SEC = 5
CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW = 10
CACHED_RESPONSE_TIMES_SIZE = CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW + 10
PERCENTILES_TO_REPORT = [0.50, 0.66, 0.75, 0.80, 0.90, 0.95, 0.98, 0.99, 0.999, 0.9999, 1.0]
PERCENTILES_TO_STATISTICS = [0.95, 0.99]
PERCENTILES_TO_CHART = [0.5, 0.95]
STATS_NAME_WIDTH = 80
STATS_AUTORESIZE = True
STATS_TYPE_WIDTH = 8


def calculate_response_time_percentile(response_times, num_requests, percent):
    wanted = int(num_requests * percent)
    done = 0
    for response_time in sorted(response_times, reverse=True):
        done += response_times[response_time]
        if num_requests - done <= wanted:
            return response_time
    return 0


class StatsEntry:
    _snapshot = False

    def __init__(self, stats, name, method, use_response_times_cache=False):
        self.stats = stats
        self.name = name
        self.method = method
        self.num_requests = self.num_none_requests = self.num_failures = 0
        self.total_response_time = self.max_response_time = self.total_content_length = 0
        self.min_response_time = None
        self.num_reqs_per_sec, self.num_fail_per_sec, self.response_times = {}, {}, {}
        self.start_time = time.time()
        self.last_request_timestamp = None

    @classmethod
    def unserialize(cls, data, stats=None):
        entry = cls(stats, data["name"], data["method"])
        for name, value in data.items():
            setattr(entry, name, value)
        return entry

    @property
    def _timed(self):
        return self.num_requests - self.num_none_requests

    @property
    def fail_ratio(self):
        return self.num_failures / self.num_requests if self.num_requests else float(self.num_failures > 0)

    @property
    def avg_response_time(self):
        return self.total_response_time / self._timed if self._timed else 0.0

    @property
    def median_response_time(self):
        if not self.response_times:
            return 0
        median = min(self.get_response_time_percentile(0.5), self.max_response_time)
        return median if self.min_response_time is None else max(median, self.min_response_time)

    @property
    def avg_content_length(self):
        return self.total_content_length / self.num_requests if self.num_requests else 0

    def _per_second(self, count):
        last, first = self.stats.last_request_timestamp, self.stats.start_time
        return count / (last - first) if last and first and last != first else 0.0

    @property
    def total_rps(self):
        return self._per_second(self.num_requests)

    @property
    def total_fail_per_sec(self):
        return self._per_second(self.num_failures)

    def _recently(self, counts):
        last = self.stats.last_request_timestamp
        if last is None:
            return 0
        seconds = range(max(int(last) - 12, int(self.stats.start_time or 0)), int(last) - 2)
        return sum(counts.get(t, 0) for t in seconds) / max(len(seconds), 1)

    @property
    def current_rps(self):
        return self._recently(self.num_reqs_per_sec)

    @property
    def current_fail_per_sec(self):
        return self._recently(self.num_fail_per_sec)

    def get_response_time_percentile(self, percent):
        return calculate_response_time_percentile(self.response_times, self._timed, percent)

    def get_current_response_time_percentile(self, percent):
        return None

    def _own(self):
        """Refuses to change a snapshot: nobody would see it."""
        if self._snapshot:
            raise NotImplementedError("a worker's entries are snapshots: fire events.request instead")

    def log(self, response_time, content_length):
        self._own()
        now = time.time()
        self.num_requests += 1
        _add(self.num_reqs_per_sec, {int(now): 1})
        self.last_request_timestamp = now
        self.total_content_length += content_length
        if response_time is None:
            self.num_none_requests += 1
            return
        self.total_response_time += response_time
        self.min_response_time = response_time if self.min_response_time is None else min(self.min_response_time, response_time)
        self.max_response_time = max(self.max_response_time, response_time)
        _add(self.response_times, {bucket_response_time(response_time): 1})

    def log_error(self, error):
        self._own()
        self.num_failures += 1
        _add(self.num_fail_per_sec, {int(time.time()): 1})

    def reset(self):
        self._own()
        self.__init__(self.stats, self.name, self.method)

    def extend(self, other):
        self._own()
        for name in ("num_requests", "num_none_requests", "num_failures", "total_response_time", "total_content_length"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, pick in (("last_request_timestamp", max), ("start_time", min), ("max_response_time", max), ("min_response_time", min)):
            known = [v for v in (getattr(self, name), getattr(other, name)) if v is not None]
            setattr(self, name, pick(known) if known else None)
        for name in ("response_times", "num_reqs_per_sec", "num_fail_per_sec"):
            _add(getattr(self, name), getattr(other, name))

    def serialize(self):
        return {name: getattr(self, name) for name in _ENTRY_FIELDS}

    def get_stripped_report(self):
        report = self.serialize()
        self.reset()
        return report

    def to_dict(self, escape_string_values=False):
        names = "method name num_requests num_failures min_response_time max_response_time current_rps current_fail_per_sec avg_response_time median_response_time total_rps total_fail_per_sec"
        out = {name: getattr(self, name) for name in names.split()}
        out["min_response_time"] = proper_round(self.min_response_time or 0)
        out["max_response_time"] = proper_round(self.max_response_time)
        out.update((f"response_time_percentile_{p}", self.get_response_time_percentile(p)) for p in PERCENTILES_TO_STATISTICS)
        return {**out, "avg_content_length": self.avg_content_length}


_ENTRY_FIELDS = (
    "name method last_request_timestamp start_time num_requests num_none_requests num_failures total_response_time max_response_time"
    " min_response_time total_content_length response_times num_reqs_per_sec num_fail_per_sec"
).split()


def _add(counts, more):
    for key, n in more.items():
        counts[key] = counts.get(key, 0) + n


def bucket_response_time(response_time):
    """Two digits of it are kept: 147 is 150, 58760 is 59000."""
    if response_time < 100:
        return round(response_time)
    return int(round(response_time, -1 if response_time < 1000 else -2 if response_time < 10000 else -3))


def get_readable_percentiles(percentile_list):
    return [f"{int(p * 100) if (p * 100).is_integer() else round(100 * p, 6)}%" for p in percentile_list]


class StatsError:
    def __init__(self, method, name, error, occurrences=0, first_seen=None, last_seen=None):
        self.method = method
        self.name = name
        self.error = error
        self.occurrences = occurrences
        self.first_seen = first_seen
        self.last_seen = last_seen

    @classmethod
    def parse_error(cls, error):
        return _worker.error_text(error if isinstance(error, str) else repr(error))

    @classmethod
    def create_key(cls, method, name, error):
        return hashlib.sha256(f"{method}.{name}.{cls.parse_error(error)!r}".encode()).hexdigest()

    def occurred(self):
        self.occurrences += 1
        self.last_seen = time.time()
        if self.first_seen is None:
            self.first_seen = self.last_seen

    def serialize(self):
        return {"name": self.name, **self.to_dict(), "error": self.parse_error(self.error)}

    @classmethod
    def unserialize(cls, data):
        return cls(**data)

    def to_name(self):
        error = self.error
        if error.startswith("CatchResponseError("):
            error = error[len("CatchResponseError(") : -1]
        return f"{self.method} {self.name}: {error}"

    def to_dict(self):
        return {
            "method": self.method,
            "name": self.name,
            "error": self.error,
            "occurrences": self.occurrences,
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
        }


class RequestStats:
    def __init__(self, use_response_times_cache=True):
        self.history = []

    @property
    def entries(self):
        return {(row["name"], row["method"]): self._row(row) for row in _worker.stats()["stats"]}

    def _row(self, row):
        entry = StatsEntry.unserialize(row, self)
        entry._snapshot = True
        return entry

    @property
    def errors(self):
        return {key: StatsError(**row) for key, row in _worker.stats()["errors"].items()}

    @property
    def total(self):
        return self._row(_worker.stats()["stats_total"])

    @property
    def num_requests(self):
        return self.total.num_requests

    @property
    def num_none_requests(self):
        return self.total.num_none_requests

    @property
    def num_failures(self):
        return self.total.num_failures

    @property
    def last_request_timestamp(self):
        return _worker.stats()["stats_total"]["last_request_timestamp"]

    @property
    def start_time(self):
        return _worker.stats()["stats_total"]["start_time"]

    def get(self, name, method):
        return self.entries.get((name, method)) or StatsEntry(self, name, method)

    def log_request(self, method, name, response_time, content_length):
        _worker.record(method, name, response_time, content_length, None)

    def log_error(self, method, name, error):
        raise NotImplementedError("a worker counts errors of requests: fire events.request with the exception instead")

    def serialize_stats(self):
        return [entry.serialize() for entry in self.entries.values()]

    def serialize_errors(self):
        return {key: error.serialize() for key, error in self.errors.items()}

    def reset_all(self):
        _worker.reset_stats()

    def clear_all(self):
        _worker.clear_stats()


def sort_stats(stats):
    return [stats[key] for key in sorted(stats)]


def print_stats(stats, current=True):
    for line in get_stats_summary(stats, current):
        print(line)


def get_stats_summary(stats, current=True):
    lines = ["Type     Name                                          # reqs      # fails |    Avg     Min     Max    Med"]
    for row in [*sort_stats(stats.entries), stats.total]:
        lines.append(
            f"{row.method:<8} {row.name:<40} {row.num_requests:>11} {row.num_failures:>12} |"
            f" {row.avg_response_time:>6.0f} {row.min_response_time or 0:>7.0f} {row.max_response_time:>7.0f}"
            f" {row.median_response_time:>6.0f}"
        )
    return lines


def print_percentile_stats(stats):
    for row in [*sort_stats(stats.entries), stats.total]:
        print(row.method, row.name, *(row.get_response_time_percentile(p) for p in PERCENTILES_TO_REPORT))


def print_error_report(stats):
    for error in stats.errors.values():
        print(f"{error.occurrences:<18} {error.to_name()}")


def stats_printer(stats):
    return lambda: None


def stats_history(runner):
    return None
