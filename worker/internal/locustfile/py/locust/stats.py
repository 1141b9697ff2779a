# The statistics of this worker since its last report to the master (locust/stats.py). Requests are counted in Go; those of the
# environment take over what was counted whenever somebody looks, and are what is reported from then on.
import hashlib
import logging
import time
from collections import defaultdict, namedtuple

import locust._worker as _worker
from locust.exception import CatchResponseError
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

CachedResponseTimes = namedtuple("CachedResponseTimes", ["response_times", "num_requests", "num_none_requests"])


class RequestStatsAdditionError(Exception):
    pass


def diff_response_time_dicts(latest, old):
    return {t: n - old.get(t, 0) for t, n in latest.items() if n != old.get(t, 0)}


def calculate_response_time_percentile(response_times, num_requests, percent):
    wanted = int(num_requests * percent)
    done = 0
    for response_time in sorted(response_times, reverse=True):
        done += response_times[response_time]
        if num_requests - done <= wanted:
            return response_time
    return 0


def _live(name):
    """An attribute of statistics, or of an entry of them, that first takes over what the worker has counted."""

    def get(self):
        self._sync()
        return self.__dict__[name]

    def set(self, value):
        self._sync()
        self.__dict__[name] = value

    return property(get, set)


class EntriesDict(dict):
    def __init__(self, request_stats):
        self.request_stats = request_stats

    def __missing__(self, key):
        stats = self.request_stats
        self[key] = entry = StatsEntry(stats, key[0], key[1], stats.use_response_times_cache)
        return entry

    def __getitem__(self, key):
        self.request_stats._sync()
        return dict.__getitem__(self, key)


def _synced(name):
    method = getattr(dict, name)

    def synced(self, *args):
        self.request_stats._sync()
        return method(self, *args)

    return synced


for _name in ("__contains__", "__iter__", "__len__", "__repr__", "get", "items", "keys", "values"):
    setattr(EntriesDict, _name, _synced(_name))


class StatsEntry:
    num_requests, num_none_requests, num_failures = _live("num_requests"), _live("num_none_requests"), _live("num_failures")
    total_response_time, total_content_length = _live("total_response_time"), _live("total_content_length")
    min_response_time, max_response_time = _live("min_response_time"), _live("max_response_time")
    response_times, num_reqs_per_sec, num_fail_per_sec = _live("response_times"), _live("num_reqs_per_sec"), _live("num_fail_per_sec")
    start_time, last_request_timestamp = _live("start_time"), _live("last_request_timestamp")

    _sent = None  # what of it is reported although it is still to be seen

    def __init__(self, stats, name, method, use_response_times_cache=False):
        self.stats = stats
        self.name = name
        self.method = method
        self.use_response_times_cache = use_response_times_cache
        self.response_times_cache = None
        self.__dict__.update(_nothing())
        if use_response_times_cache:
            self._cache_now()

    def _sync(self):
        sync = getattr(self.stats, "_sync", None)
        if sync is not None:
            sync()

    def _cache_now(self):
        self.response_times_cache = {}
        self._cache_response_times(int(time.time()))

    def _cache_response_times(self, t):
        if self.response_times_cache is None:
            self.response_times_cache = {}
        raw = self.__dict__
        self.response_times_cache[t] = CachedResponseTimes(dict(raw["response_times"]), raw["num_requests"], raw["num_none_requests"])
        for old in list(self.response_times_cache)[: -CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW - 10]:
            del self.response_times_cache[old]

    @classmethod
    def unserialize(cls, data, stats=None):
        entry = cls(stats, data["name"], data["method"])
        entry.__dict__.update((name, data[name]) for name in _ENTRY_FIELDS[2:] if name in data)
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
        if not self.use_response_times_cache:
            raise ValueError(
                "StatsEntry.use_response_times_cache must be set to True to calculate the _current_ response time percentile"
            )
        now, window = int(time.time()), CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW
        self._sync()
        for apart in range(9):
            for t in (now - window - apart, now - window + apart):
                if t in (self.response_times_cache or ()):
                    old = self.response_times_cache[t]
                    return calculate_response_time_percentile(
                        diff_response_time_dicts(self.response_times, old.response_times),
                        self._timed - (old.num_requests - old.num_none_requests),
                        percent,
                    )
        return None

    def log(self, response_time, content_length):
        self._sync()
        raw, now = self.__dict__, time.time()
        last = raw["last_request_timestamp"]
        if self.use_response_times_cache and last and int(now) > int(last):
            self._cache_response_times(int(now) - 1)
        raw["num_requests"] += 1
        raw["num_reqs_per_sec"][int(now)] += 1
        raw["last_request_timestamp"] = now
        self._log_response_time(response_time)
        raw["total_content_length"] += content_length
        if self._is_row:
            timed = response_time is not None
            _worker.logged(str(self.method), str(self.name), response_time if timed else 0, bucket_response_time(response_time) if timed else -1)

    @property
    def _is_row(self):
        """Whether it is a row of what this worker reports."""
        return getattr(self.stats, "_source", None) is not None and self is not self.stats.__dict__["total"]

    def _log_response_time(self, response_time):
        raw = self.__dict__
        if response_time is None:
            raw["num_none_requests"] += 1
            return
        raw["total_response_time"] += response_time
        least = raw["min_response_time"]
        raw["min_response_time"] = response_time if least is None else min(least, response_time)
        raw["max_response_time"] = max(raw["max_response_time"], response_time)
        raw["response_times"][bucket_response_time(response_time)] += 1

    def log_error(self, error):
        self._sync()
        raw = self.__dict__
        raw["num_failures"] += 1
        raw["num_fail_per_sec"][int(time.time())] += 1
        if self._is_row:
            _worker.logged_failure(str(self.method), str(self.name))

    def reset(self):
        self._sync()
        self.__dict__.update(_nothing())
        self._sent = None
        if self.use_response_times_cache:
            self._cache_now()

    def extend(self, other):
        self._sync()
        self._merge(other.serialize())

    def _merge(self, row):
        """Adds a row as it goes over the wire."""
        raw = self.__dict__
        raw["start_time"] = min(raw["start_time"], row["start_time"])
        for name in _SUMS:
            raw[name] += row[name]
        raw["max_response_time"] = max(raw["max_response_time"], row["max_response_time"])
        for name, pick in (("last_request_timestamp", max), ("min_response_time", min)):
            known = [v for v in (raw[name], row[name]) if v is not None]
            raw[name] = pick(known) if known else None
        for name in _COUNTS:
            _add(raw[name], row[name])

    def serialize(self):
        return {name: getattr(self, name, None) for name in _ENTRY_FIELDS}

    def get_stripped_report(self):
        report = self._unsent()
        self.reset()
        return report

    def _unsent(self):
        """What of the entry is not reported yet."""
        report, sent = self.serialize(), self._sent
        if sent:
            for name in _SUMS:
                report[name] -= sent[name]
            for name in _COUNTS:
                old = sent[name]
                report[name] = {k: n - old.get(k, 0) for k, n in report[name].items() if n != old.get(k, 0)}
        return report

    def _report_early(self):
        report, now = self._unsent(), self.serialize()
        self._sent = {name: dict(now[name]) if name in _COUNTS else now[name] for name in now}
        return report

    def to_string(self, current=True):
        rps, failures = (
            (self.current_rps, self.current_fail_per_sec) if current else (self.total_rps, self.total_fail_per_sec)
        )
        width = STATS_NAME_WIDTH - STATS_TYPE_WIDTH + 4
        failed = f"{self.num_failures:d}({self.fail_ratio * 100:.2f}%)"
        times = (self.avg_response_time, self.min_response_time or 0, self.max_response_time)
        return (
            f"{self.method and self.method + ' ' or '':<{STATS_TYPE_WIDTH}} {self.name:<{width}} {self.num_requests:7d} {failed:>12} |"
            + "%7d %7d %7d%7d | %7.2f %11.2f" % (*times, self.median_response_time or 0, rps or 0, failures or 0)
        )

    def __str__(self):
        return self.to_string(current=True)

    def percentile(self):
        if not self.num_requests:
            raise ValueError("Can't calculate percentile on url with no successful requests")
        values = " ".join("%6d" % self.get_response_time_percentile(p) for p in PERCENTILES_TO_REPORT)
        return f"{self.method or '':<{STATS_TYPE_WIDTH}} {self.name:<{STATS_NAME_WIDTH}} {self.num_requests:8d} {values}"

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


_SUMS = ("num_requests", "num_none_requests", "num_failures", "total_response_time", "total_content_length")
_COUNTS = ("response_times", "num_reqs_per_sec", "num_fail_per_sec")


def _nothing():
    return {
        "start_time": time.time(),
        "num_requests": 0,
        "num_none_requests": 0,
        "num_failures": 0,
        "total_response_time": 0,
        "total_content_length": 0,
        "max_response_time": 0,
        "min_response_time": None,
        "last_request_timestamp": None,
        **{name: defaultdict(int) for name in _COUNTS},
    }


def _add(counts, more):
    for key, n in more.items():
        counts[key] = counts.get(key, 0) + n


def _anything(row):
    return any(row[name] for name in _SUMS) or any(row[name] for name in _COUNTS)


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

    _sent = 0  # how many of them are reported although they are still to be seen

    def _merge(self, row):
        self.occurrences += row["occurrences"]
        for name, pick in (("first_seen", min), ("last_seen", max)):
            known = [v for v in (getattr(self, name), row[name]) if v is not None]
            setattr(self, name, pick(known) if known else None)

    def occurred(self):
        self.occurrences += 1
        self.last_seen = time.time()
        if self.first_seen is None:
            self.first_seen = self.last_seen

    def serialize(self):
        return {"name": self.name, **self.to_dict(), "occurrences": self.occurrences - self._sent}

    @classmethod
    def unserialize(cls, data):
        return cls(**data)

    def to_name(self):
        error = self.error
        if not isinstance(error, str):
            error = error.args[0] if isinstance(error, CatchResponseError) else repr(error)
        elif error.startswith("CatchResponseError("):
            error = error[len("CatchResponseError(") : -1]
        return f"{self.method} {self.name}: {error}"

    def to_dict(self):
        return {
            "method": self.method,
            "name": self.name,
            "error": self.parse_error(self.error),
            "occurrences": self.occurrences,
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
        }


class _Errors(dict):
    def __init__(self, request_stats):
        self.request_stats = request_stats


for _name in ("__contains__", "__getitem__", "__iter__", "__len__", "__repr__", "get", "items", "keys", "values"):
    setattr(_Errors, _name, _synced(_name))


class RequestStats:
    entries, errors, total, history = _live("entries"), _live("errors"), _live("total"), _live("history")

    # What hands over what the worker has counted; only the statistics of the environment have it.
    _source = None

    def __init__(self, use_response_times_cache=True):
        self.use_response_times_cache = use_response_times_cache
        self._forget()

    def _forget(self):
        self.__dict__.update(
            entries=EntriesDict(self),
            errors=_Errors(self),
            total=StatsEntry(self, "Aggregated", "", self.use_response_times_cache),
            history=[],
        )

    def _sync(self):
        haul = self._source() if self._source else None
        if haul is None:
            return
        started, known, sent, fresh = haul
        if started is not None:
            self._forget()
            raw = self.__dict__
            raw["total"].__dict__["start_time"] = started
            for name, method, since in known:
                raw["entries"][name, method] = self._entry(name, method, since)
        self._take(sent, True)
        self._take(fresh, False)

    def _entry(self, name, method, since):
        entry = StatsEntry(self, name, method, self.use_response_times_cache)
        entry.__dict__["start_time"] = since
        return entry

    def _take(self, report, sent):
        raw = self.__dict__
        entries, errors = raw["entries"], raw["errors"]
        for row in report["stats"]:
            key = row["name"], row["method"]
            entry = dict.get(entries, key)
            if entry is None:
                entries[key] = entry = self._entry(*key, row["start_time"])
            self._count(entry, row, sent)
        if report["stats"]:
            report["stats_total"]["start_time"] = raw["total"].__dict__["start_time"]
            self._count(raw["total"], report["stats_total"], sent)
        for key, row in report["errors"].items():
            error = dict.get(errors, key)
            if error is None:
                errors[key] = error = StatsError(row["method"], row["name"], row["error"])
            error._merge(row)
            error._sent += row["occurrences"] if sent else 0

    def _count(self, entry, row, sent):
        entry._merge(row)
        if sent:
            if entry._sent is None:
                entry._sent = {name: {} if name in _COUNTS else 0 for name in (*_SUMS, *_COUNTS)}
            for name in _SUMS:
                entry._sent[name] += row[name]
            for name in _COUNTS:
                _add(entry._sent[name], row[name])

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
        return self.total.last_request_timestamp

    @property
    def start_time(self):
        return self.total.start_time

    def get(self, name, method):
        return self.entries[(name, method)]

    def log_request(self, method, name, response_time, content_length):
        self.total.log(response_time, content_length)
        self.entries[(name, method)].log(response_time, content_length)
        _worker.counted(str(method), str(name), content_length, None)

    def log_error(self, method, name, error):
        self.total.log_error(error)
        self.entries[(name, method)].log_error(error)
        key = StatsError.create_key(method, name, error)
        entry = self.errors.get(key)
        if not entry:
            self.errors[key] = entry = StatsError(method, name, error)
        entry.occurred()
        _worker.counted(str(method), str(name), None, StatsError.parse_error(error))

    def serialize_stats(self):
        entries = self.entries.values()
        rows = [e.get_stripped_report() for e in entries if not (e.num_requests == 0 and e.num_failures == 0)]
        return [row for row in rows if _anything(row)]

    def serialize_errors(self):
        return {key: error.serialize() for key, error in self.errors.items() if error.occurrences != error._sent}

    def _report(self):
        """What the listener of events.report_to_master puts into a report (setup_distributed_stats_event_listeners)."""
        data = {"stats": self.serialize_stats(), "stats_total": self.total.get_stripped_report(), "errors": self.serialize_errors()}
        self.errors = _Errors(self)
        return data

    def _report_early(self):
        """What of these statistics is not reported yet, None if that is nothing; all of it stays to be seen."""
        raw = self.__dict__
        rows = [row for row in [e._report_early() for e in dict.values(raw["entries"])] if _anything(row)]
        total = raw["total"]._report_early()
        errors = {key: error.serialize() for key, error in dict.items(raw["errors"]) if error.occurrences != error._sent}
        for error in dict.values(raw["errors"]):
            error._sent = error.occurrences
        if not rows and not errors and not _anything(total):
            return None
        return {"stats": rows, "stats_total": total, "errors": errors}

    def reset_all(self):
        self.total.reset()
        self.errors = _Errors(self)
        for entry in self.entries.values():
            entry.reset()
        self.history = []

    def clear_all(self):
        self._sync()
        self._forget()


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
