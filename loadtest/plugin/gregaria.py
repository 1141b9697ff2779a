# gregaria: master only
"""Gregaria's plug-in for Locust's master: the tabs Resources and Timings in the web UI, with what the servers under test do while the load
runs, and what each second of each endpoint was made of; and timings.csv, which has the latter; and the options --rate and --arrivals.

It goes after the comma of the master's -f; workers in Go leave it out, those in Python keep --rate by it:

    locust -f locustfile.py,gregaria.py --master

Variables say whose resources, and where timings are written:

    GREGARIA_MONITORS       monitors beside the servers (bin/monitor --listen), separated by commas: http://api:9647,http://db:9647
    GREGARIA_MONITOR_TOKEN  the token that they were started with
    GREGARIA_METRICS        files that monitors on this machine write (bin/monitor --output), separated as in PATH; of a folder, the
                            newest metrics_*.csv in it; or a JSON object with the name of each: {"api": "/var/log/metrics.csv"}

    GREGARIA_TIMINGS        the file for timings; without it, with --csv, PREFIX_timings.csv

Its options --rate and --arrivals (LOCUST_RATE, LOCUST_ARRIVALS) say how many tasks begin each second, over all users: docs/timings.md.

What monitors on other hosts measure is written to a CSV each, beside those of --csv if that is given: PREFIX_metrics_HOST.csv.
Printed by `loadtest plugin` of Gregaria @version@. Documentation: docs/loadtest.md, "Resources in Locust's web UI", and docs/timings.md.
"""

import argparse
import atexit
import bisect
import collections
import contextlib
import csv
import datetime
import errno
import html
import http.client
import io
import itertools
import json
import logging
import marshal
import math
import operator
import os
import random
import re
import shutil
import struct
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

import gevent
import gevent.event
import locust
import msgpack
from locust import events
from locust.exception import StopUser
from locust.runners import MasterRunner, WorkerRunner
from locust.user.task import LOCUST_STATE_RUNNING, LOCUST_STATE_STOPPING, LOCUST_STATE_WAITING, DefaultTaskSet, TaskSet

log = logging.getLogger("gregaria")

# The most that the page gets of a file at a time, in bytes.
WINDOW = 2 << 20
# The most of a CSV that nobody asked for with --csv, in the folder for temporary files.
TEMPORARY = 256 << 20
# Seconds between two questions to a monitor, how long it may take to answer, and from one look at its clock to the next.
EVERY, PATIENCE, CLOCK = 2, 3, 300


class Refused(Exception):
    """A setting that is wrong. Its text says which, and what to do."""


class Metrics:
    """A metrics CSV that grows."""

    def __init__(self, name, path):
        self.name, self.path = name, path
        self.trouble = ""  # why no rows come, where that is known

    def file(self):
        """The CSV: of a folder, the newest in it."""
        if not os.path.isdir(self.path):
            return self.path
        names = [name for name in os.listdir(self.path) if name.startswith("metrics_") and name.endswith(".csv")]
        paths = [os.path.join(self.path, name) for name in names]
        return max(paths, key=os.path.getmtime) if paths else os.path.join(self.path, "metrics_*.csv")

    def state(self):
        """What people should know before they wait for rows; "" if they need not wait."""
        if self.trouble:
            return self.trouble
        try:
            with open(self.file(), "rb") as file:
                return "" if file.readline().endswith(b"\n") and file.readline().endswith(b"\n") else "no row yet in " + self.file()
        except OSError as error:
            return "no rows: %s: %s" % (error.filename or self.file(), error.strerror)

    def rows(self, known, after):
        """The whole lines after the position `after` of the file that is called `known`; of another file, or without a position, its
        newest. Returns what the file is called, its header, the lines, and the position after them."""
        with open(self.file(), "rb") as file:
            header, first = file.readline(), file.readline()
            if not first.endswith(b"\n"):
                return "", b"", b"", 0
            name = "%08x" % zlib.crc32(header + first)  # the first row has the second in which its monitor began
            size = file.seek(0, os.SEEK_END)
            if name != known or not len(header) <= after <= size:
                after = len(header)
                if size - after > WINDOW:
                    file.seek(size - WINDOW - 1)
                    file.readline()
                    after = file.tell()
            file.seek(after)
            lines = file.read(WINDOW)
            lines = lines[: lines.rfind(b"\n") + 1]
            return name, header, lines, after + len(lines)

    def whole(self):
        """The file up to its last whole line, in pieces, and its length."""
        file = open(self.file(), "rb")
        size = file.seek(0, os.SEEK_END)
        tail = min(size, 1 << 16)
        file.seek(size - tail)
        size -= tail - (file.read(tail).rfind(b"\n") + 1)
        file.seek(0)

        return pieces(file, size), size


class Monitor(Metrics):
    """A monitor on another host, whose rows are fetched and written to a CSV, on the clock of this machine."""

    def __init__(self, name, url, path, limit, token):
        super().__init__(name, path)
        self.url, self.token, self.limit = url, token, limit
        self.first_path, self.files, self.written = path, 0, None  # written: the columns of the file
        self.columns, self.started, self.interval = None, None, 1.0
        self.shift, self.clock_at = 0.0, None  # seconds that its clock is ahead, in whole intervals
        self.last = None  # Timestamp of the newest row, on its clock
        self.trouble = "the monitor at %s has not been asked yet" % url

    def start(self, environment):
        self.following = gevent.spawn(self.follow)
        environment.events.quitting.add_listener(lambda **_: self.finish())

    def finish(self):
        """Fetches the last rows when the master ends."""
        self.following.kill()  # it gives way only while it asks: no row is half written
        self.look()

    def follow(self):
        """Fetches rows as long as the master lives."""
        while True:
            self.look()
            gevent.sleep(EVERY)

    def look(self):
        """Fetches once. Trouble is said once, and so is its end."""
        trouble = ""
        try:
            self.fetch()
        except urllib.error.HTTPError as error:
            trouble = self.refusal(error.code)
        except urllib.error.URLError as error:
            trouble = "the monitor at %s does not answer: %s" % (self.url, error.reason)
        except OSError as error:
            trouble = "rows of the monitor at %s cannot be written: %s" % (self.url, error) if error.filename else self.silent(error)
        except (ValueError, KeyError, TypeError, http.client.HTTPException) as error:
            trouble = "what answers at %s is no monitor of this version: %s" % (self.url, error)
        except Exception as error:  # which must not end the master: Locust would end with an exit code of its own
            trouble = "the monitor at %s: %r" % (self.url, error)
        if trouble and trouble != self.trouble:
            log.warning("%s; it is asked again", trouble)
        elif not trouble and self.trouble:
            log.info("rows of the monitor at %s go to %s", self.url, self.path)
        self.trouble = trouble

    def silent(self, error):
        return "the monitor at %s does not answer: %s" % (self.url, error)

    def refusal(self, status):
        return {
            401: "the monitor at %s wants its token: set GREGARIA_MONITOR_TOKEN to the one that it was started with",
            403: "the monitor at %s shows its rows beyond its own machine only with a token: start it and Locust with GREGARIA_MONITOR_TOKEN",
            404: "what answers at %s has no rows as a monitor's --listen has: is the port right?",
            503: "the monitor at %s has no columns yet",
        }.get(status, "the monitor at %%s answers with status %d" % status) % self.url

    def ask(self, path):
        """What the monitor says at a path, and the headers of its answer."""
        question = urllib.request.Request(self.url + path)
        if self.token:
            question.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(question, timeout=PATIENCE) as answer:
            return answer.read().decode(), answer.headers

    def fetch(self):
        """Writes the rows that are newer than those that are written."""
        if self.columns is None:
            self.begin()
        if time.monotonic() - self.clock_at > CLOCK:
            self.set_clock()
        lines, headers = self.ask("/samples?since=%s" % number(self.last))
        if headers["Gregaria-Started"] != self.started:
            self.columns = None  # another monitor than before: perhaps with other columns
            return
        rows = [json.loads(line, parse_float=str, parse_int=str) for line in lines.splitlines()]
        rows = [row for row in rows if float(row["Timestamp"]) > self.last]
        if rows:
            self.write(rows)
            self.last = float(rows[-1]["Timestamp"])

    def begin(self):
        """Asks what the rows are, and begins a file if they are others than before."""
        text, _ = self.ask("/columns")
        said = json.loads(text)
        _, headers = self.ask("/samples?since=%d" % 9e11)
        columns, self.interval, self.started = said["columns"], float(said["interval"]), headers["Gregaria-Started"]
        if not isinstance(columns, list) or columns[:1] != ["Timestamp"] or self.interval <= 0:
            raise ValueError("its columns are %.80s" % text)
        self.set_clock()
        if self.last is None:
            self.last = time.time() + self.shift - self.interval
        self.open(columns)
        self.columns = columns

    def open(self, columns):
        """Begins a file with these columns, unless the one that is being written has them. A file that was there before stays as it is."""
        if columns == self.written:
            return
        base, extension = os.path.splitext(self.first_path)
        while True:
            self.files += 1
            self.path = self.first_path if self.files == 1 else "%s_%d%s" % (base, self.files, extension)
            try:
                with open(self.path, "x", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerow(columns)
                self.written = columns
                return
            except FileExistsError:
                pass

    def write(self, rows):
        """Appends rows: all of them, or none."""
        text = io.StringIO()
        cells = csv.writer(text, lineterminator="\n")
        for row in rows:
            at = float(row["Timestamp"]) - self.shift
            here = dict(row, Timestamp=number(at), Time=iso(at))
            cells.writerow([here.get(column, "") for column in self.columns])
        lines = text.getvalue().encode()
        with open(self.path, "ab", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            try:
                if file.write(lines) != len(lines):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError as error:
                file.truncate(size)
                raise OSError(error.errno, error.strerror, self.path) from error
        if self.limit and size > self.limit:
            self.forget()

    def forget(self):
        """Leaves of a file that has grown too large what the page shows."""
        _, header, lines, _ = self.rows("", 0)
        with open(self.path + ".new", "wb") as file:
            file.write(header + lines)
        os.replace(self.path + ".new", self.path)
        log.info("%s was cut to its newest rows; with --csv all are kept", self.path)

    def set_clock(self):
        """Asks eight times what the monitor's clock shows, and believes the answer that was on its way for the shortest time (RFC 5905)."""
        best = None
        for _ in range(8):
            asked = time.time()
            clock = json.loads(self.ask("/clock")[0])
            came = time.time()
            received, answered = clock["receive_ns"] / 1e9, clock["transmit_ns"] / 1e9
            way = (came - asked) - (answered - received)
            if best is None or way < best[0]:
                best = way, ((received - asked) + (answered - came)) / 2
        self.clock_at = time.monotonic()
        if abs(best[1] - self.shift) <= 0.75 * self.interval and self.columns:
            return  # half an interval and a bit is not worth a row that is missing or there twice
        before, self.shift = self.shift, round(best[1] / self.interval) * self.interval
        if self.shift != before and abs(best[1]) >= 0.5:
            log.info("the clock of %s is %.3f s %s; its rows are put on this machine's clock", self.name, abs(best[1]), "ahead" if best[1] > 0 else "behind")


def pieces(file, left):
    """So many bytes of a file, in pieces. It is closed then."""
    with file:
        while left > 0:
            piece = file.read(min(left, 1 << 16))
            if not piece:
                return
            left -= len(piece)
            yield piece


def number(epoch):
    """Epoch seconds as in the file: whole where they are whole, to the millisecond where not."""
    return ("%.3f" % epoch).rstrip("0").rstrip(".")


def iso(epoch):
    """The same moment in ISO 8601, UTC."""
    at = datetime.datetime.fromtimestamp(round(epoch, 3), datetime.timezone.utc).replace(tzinfo=None)
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds") + "Z"


def files(setting):
    """Reads GREGARIA_METRICS."""
    if not setting.lstrip().startswith("{"):
        paths = [path for path in setting.split(os.pathsep) if path]
        names = [os.path.basename(path) or path for path in paths]
        return [Metrics(name if names.count(name) == 1 else path, path) for name, path in zip(names, paths)]
    try:
        named = json.loads(setting)
    except ValueError as error:
        raise Refused("GREGARIA_METRICS is no JSON object of names and files: %s" % error) from error
    return [Metrics(str(name), str(path)) for name, path in named.items()]


def monitors(setting, token, prefix):
    """Reads GREGARIA_MONITORS. The files are named by the hosts, with the port where several are on one."""
    urls = []
    for text in filter(None, (part.strip() for part in setting.split(","))):
        url = urllib.parse.urlsplit(text)
        try:
            right = url.scheme in ("http", "https") and url.hostname and "@" not in url.netloc and url.port != 0
        except ValueError:  # of the port
            right = False
        if not right:
            raise Refused("GREGARIA_MONITORS: %r is not the URL of a monitor, such as http://api:9647; a token goes into GREGARIA_MONITOR_TOKEN" % text)
        path = url.path.rstrip("/")
        path = path[: -len("/metrics")] if path.endswith("/metrics") else path
        base = urllib.parse.urlunsplit((url.scheme, url.netloc, path, "", ""))
        if base in urls:
            raise Refused("GREGARIA_MONITORS: %r is named twice: name each monitor once, such as http://api:9647" % text)
        urls.append(base)
    if not urls:
        return []
    folder = ""
    if not prefix:
        folder = tempfile.mkdtemp(prefix="gregaria-")
        atexit.register(shutil.rmtree, folder, True)
    found, hosts = [], [urllib.parse.urlsplit(url).hostname for url in urls]
    for url, host in zip(urls, hosts):
        port = urllib.parse.urlsplit(url).port
        name = host if hosts.count(host) == 1 or not port else "%s_%d" % (host, port)
        file = "metrics_%s.csv" % name.replace(":", "-").replace("%", "-")
        path = "%s_%s" % (prefix, file) if prefix else os.path.join(folder, file)
        found.append(Monitor(name, url, path, 0 if prefix else TEMPORARY, token))
    return found


def timings_path(setting, prefix):
    """Reads GREGARIA_TIMINGS: the file, None for none."""
    path = setting or ("%s_timings.csv" % prefix if prefix else "")
    if setting and (os.path.isdir(path) or not os.path.isdir(os.path.dirname(path) or os.curdir)):
        raise Refused("GREGARIA_TIMINGS: %r is no file in a folder that there is, such as %s" % (setting, os.path.join(os.getcwd(), "timings.csv")))
    return path or None


def has_tabs(options):
    """Whether the web UI is the one with tabs of plug-ins: 2.18 and 2.22 are the releases that brought it and made it the default."""
    if tuple(map(int, re.findall(r"\d+", locust.__version__)[:2])) < (2, 18):
        return False
    return getattr(options, "modern_ui", not getattr(options, "legacy_ui", False))


class Page:
    """What the web UI asks for: docs/loadtest.md, "Resources in Locust's web UI", and docs/timings.md."""

    def __init__(self, environment, hosts, timings):
        self.environment, self.hosts, self.timings = environment, hosts, timings
        self.tests = []  # [began, ended], in epoch seconds; ended is None while the test runs
        environment.events.test_start.add_listener(lambda **_: self.tests.append([time.time(), None]))
        environment.events.test_stop.add_listener(lambda **_: self.tests and self.tests[-1].__setitem__(1, time.time()))

    def register(self, web_ui):
        """Adds the routes, which ask for Locust's login where --web-login does, and the script to the pages that have tabs."""
        import flask

        base = getattr(self.environment.parsed_options, "web_base_path", None) or ""
        routes = flask.Blueprint("gregaria", __name__, url_prefix=base + "/gregaria")
        views = [("/", self.index), ("/now", self.now), ("/rows", self.rows), ("/csv", self.csv), ("/<name>", self.file)]
        if self.timings:
            views += [("/timings/now", self.timings.now), ("/timings/rows", self.timings.series), ("/timings/csv", self.timings.csv)]
        for path, view in views:
            routes.add_url_rule(path, path.strip("/").replace("/", "_") or "index", web_ui.auth_required_if_enabled(view))
        web_ui.app.register_blueprint(routes)
        web_ui.app.after_request(self.add_script)
        if not has_tabs(self.environment.parsed_options):
            log.info("the web UI of this Locust has no tabs of plug-ins, as that of 2.22 has; resources and timings are at %s/gregaria/ of it", base)

    def add_script(self, response):
        """Adds the script to what shows Locust's tabs: its own page, and a plug-in's page that renders the same template."""
        import flask

        try:
            if response.mimetype != "text/html" or response.is_streamed or flask.request.path.endswith("/stats/report"):
                return response
            page = response.get_data()
            if b"window.templateArgs" in page:
                names = html.escape(json.dumps([host.name for host in self.hosts]))
                script = '<script src="./gregaria/tabs.js" data-hosts="%s" data-timings="%s"></script></body>' % (names, self.has_timings())
                response.set_data(page.replace(b"</body>", script.encode(), 1))
        except Exception:  # Locust's page without the tab is better than none
            log.exception("the tabs Resources and Timings cannot be shown")
        return response

    def has_timings(self):
        """What the script is told of timings: "csv" if there is a file, "tab" if not, and nothing in a Locust without workers."""
        return "" if not self.timings else "csv" if self.timings.table else "tab"

    def index(self):
        """Resources and timings on a page of their own."""
        return FILES["index.html"][1] % self.has_timings()

    def file(self, name):
        import flask

        if name not in FILES:
            flask.abort(404)
        kind, text = FILES[name]
        return flask.Response(text, content_type=kind + "; charset=utf-8", headers={"Cache-Control": "no-cache"})

    def now(self):
        """The hosts, the tests, and Locust's own history of the load from the entry `load` on."""
        import flask

        history, after = self.environment.runner.stats.history, flask.request.args.get("load", 0, int)
        if not 0 <= after <= len(history):  # Locust forgets it when a test starts
            after = 0
        after = max(after, len(history) - 4000)
        hosts = [{"name": host.name, "state": host.state()} for host in self.hosts]
        return flask.jsonify(hosts=hosts, tests=self.tests[-100:], first=after, load=history[after:], now=time.time())

    def host(self):
        import flask

        number = flask.request.args.get("host", 0, int)
        if not 0 <= number < len(self.hosts):
            flask.abort(404)
        return self.hosts[number]

    def rows(self):
        """Rows of a host's CSV: its header, then the lines after the position `after` of the file `file`."""
        import flask

        try:
            name, header, lines, after = self.host().rows(flask.request.args.get("file", ""), flask.request.args.get("after", -1, int))
        except OSError:
            name, header, lines, after = "", b"", b"", 0  # now() says why
        headers = {"Gregaria-File": name, "Gregaria-Next": str(after), "Cache-Control": "no-store"}
        return flask.Response(header + lines, content_type="text/csv; charset=utf-8", headers=headers)

    def csv(self):
        """A host's CSV, all of it."""
        import flask

        host = self.host()
        try:
            pieces, size = host.whole()
        except OSError:
            flask.abort(404, host.state())
        headers = {"Content-Disposition": 'attachment; filename="%s"' % os.path.basename(host.file()), "Content-Length": str(size)}
        return flask.Response(pieces, content_type="text/csv; charset=utf-8", headers=headers)


@histograms.py@


@timings.py@


@timingsfile.py@


@rate.py@


FILES = {
    "index.html": ("text/html", r"""@index.html@"""),
    "tabs.css": ("text/css", r"""@tabs.css@"""),
    "tabs.js": ("text/javascript", r"""@tabs.js@"""),
}


@events.init.add_listener
def begin(environment, **_):
    """Begins with the master. What is wrong here must be said in a line: an exception would end Locust with a traceback."""
    if isinstance(environment.runner, WorkerRunner) or "gregaria" in vars(environment):
        return  # a second copy of this file has nothing to add
    environment.gregaria = True
    try:
        prefix = getattr(environment.parsed_options, "csv_prefix", None)
        there = files(os.environ.get("GREGARIA_METRICS", ""))
        elsewhere = monitors(os.environ.get("GREGARIA_MONITORS", ""), os.environ.get("GREGARIA_MONITOR_TOKEN", ""), prefix)
        path = timings_path(os.environ.get("GREGARIA_TIMINGS", ""), prefix)
    except Refused as error:
        log.error("%s", error)
        sys.exit(2)
    for monitor in elsewhere:
        monitor.start(environment)
    timings = Timings(environment, path) if isinstance(environment.runner, MasterRunner) else None
    if timings:
        timings.start()
    if environment.web_ui:
        try:
            Page(environment, there + elsewhere, timings).register(environment.web_ui)
        except Exception:
            log.exception("there will be no tabs Resources and Timings")
