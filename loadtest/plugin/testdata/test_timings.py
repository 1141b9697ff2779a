"""Tests of what the plug-in does with reports of workers: numbers, late seconds, full disks, garbage. Run by plugin_test.go."""

import locust  # patches the standard library for gevent first, as in a master  # noqa: F401

import bisect
import csv
import io
import itertools
import math
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
import zlib
from unittest import mock

import gregaria
import msgpack
from locust.stats import calculate_response_time_percentile


def bucket(value):
    """As HdrHistogram has it with two significant digits."""
    if value < 256:
        return value
    shift = value.bit_length() - 8
    return shift * 128 + (value >> shift)


def window(values, width=1):
    """A histogram as a worker sends it."""
    found = {}
    for value in values:
        found[bucket(value)] = found.get(bucket(value), 0) + 1
    first, last = min(found), max(found)
    if max(found.values()) >= 1 << 8 * width:
        width *= 2
        if max(found.values()) >= 1 << 8 * width:
            width *= 2
    return [max(values), first, width, b"".join(found.get(i, 0).to_bytes(width, "little") for i in range(first, last + 1))]


def row(second, phases, kind="GET", name="/", apart=False, requests=None, counts=None, statuses=None):
    requests = len(phases.get(0, ())) if requests is None else requests
    return [second, kind, name, apart, *(counts or (requests, 0, 0, requests, 0, 10 * requests, 20 * requests, 0, 0)),
            {200: requests} if statuses is None else statuses, {phase: window(values) for phase, values in phases.items()}]


def message(*rows, version=gregaria.VERSION):
    return {"version": version, "timings": zlib.compress(msgpack.packb(list(rows)))}


def entry(name, seconds, kind="GET", failed=()):
    """A row of Locust's own statistics."""
    return {"name": name, "method": kind, "num_reqs_per_sec": dict(seconds), "num_fail_per_sec": dict(failed)}


def report(*rows, locust=None, **more):
    """The report of a worker in Go, whose statistics agree with its rows unless they are given."""
    if locust is None:
        locust = [entry(name, {second: requests}, kind, {second: failures} if failures else {}) for second, kind, name, apart, requests, failures, *_ in rows if not apart]
    return dict({"stats": locust, "stats_total": {}, "gregaria": message(*rows)}, **more)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.now = 1000000
        self.timings = self.new()

    def path(self, name="run_timings.csv"):
        return os.path.join(self.folder, name)

    def new(self, path=""):
        timings = gregaria.Timings(mock.Mock(), self.path() if path == "" else path)
        timings.following = mock.Mock()
        timings.began = 0
        self.addCleanup(lambda: timings.table and timings.table.file and timings.table.file.close())
        self.addCleanup(lambda: timings.seconds.spool and timings.seconds.spool.file and timings.seconds.spool.file.close())
        return timings

    def report(self, *rows, client="w1", **more):
        self.timings.report(client_id=client, data=report(*rows, **more))

    def look(self, now=math.inf):
        self.timings.look(now)

    def anew(self):
        """Time passes until the file may be written anew."""
        self.timings.next_change = 0

    def rows(self, path=None):
        with open(path or self.path(), newline="") as file:
            return list(csv.DictReader(file))

    def named(self, name="/", path=None):
        return {int(found["Timestamp"]): found for found in self.rows(path) if found["Name"] == name}


class Numbers(Case):
    """Percentiles against raw samples."""

    def exact(self, samples, percent):
        """Locust's percentile: of the samples in order, the one that so many percent are below."""
        return sorted(samples)[min(len(samples) * percent // 100, len(samples) - 1)]

    def want(self, histogram, samples):
        count, read = histogram.read()
        self.assertEqual(count, len(samples))
        self.assertEqual(histogram.top, max(samples))
        for percent, value in zip(gregaria.PERCENTILES, read):
            exact = self.exact(samples, percent)
            self.assertLessEqual(abs(value - exact), 0.004 * exact, (percent, value, exact))
            self.assertLessEqual(value, max(samples))
        self.assertLessEqual(abs(histogram.spent() - sum(samples)), 0.004 * sum(samples))

    def test_ranks_are_those_of_locust(self):
        for values in ([1], [1, 2], [1, 2, 3], list(range(1, 101)), [5] * 99 + [9], [1] * 10 + [2] * 90, list(range(1, 30))):
            histogram = gregaria.Histogram()
            histogram.add(*window(values))
            times = {value: values.count(value) for value in values}
            theirs = [calculate_response_time_percentile(times, len(values), percent / 100) for percent in gregaria.PERCENTILES]
            self.assertEqual(histogram.read()[1], theirs, values)

    def test_every_bucket_has_its_middle(self):
        rand = random.Random(3)
        values = list(range(3000)) + [rand.getrandbits(bits) for bits in range(1, 64) for _ in range(200)]
        for value in values:
            middle = gregaria.MIDDLES[bucket(value)]
            self.assertLessEqual(abs(middle - value), 0.004 * value, value)
            self.assertEqual(bucket(middle), bucket(value))
        self.assertEqual(bucket((1 << 63) - 1), len(gregaria.MIDDLES) - 1)

    def test_merged_from_many_workers(self):
        rand = random.Random(7)
        shapes = {
            "a few": lambda: rand.choice([3, 80, 4000]), "quick": lambda: int(rand.lognormvariate(0, 0.5) * 200), "slow": lambda: int(rand.lognormvariate(0, 1) * 40000),
            "two humps": lambda: int(rand.gauss(900, 30) if rand.random() < 0.9 else rand.gauss(5e6, 1e5)), "the same": lambda: 12345,
            "anything": lambda: rand.getrandbits(rand.randrange(1, 40)),
        }
        for name, value in shapes.items():
            for workers, each in ((1, 1), (3, 2), (50, 40), (7, 3000)):
                merged, some, samples = gregaria.Histogram(), [gregaria.Histogram(), gregaria.Histogram()], []
                for worker in range(workers):
                    values = [max(0, value()) for _ in range(each)]
                    said = window(values, rand.choice((1, 1, 2, 4)))
                    merged.add(*said)
                    some[worker % 2].add(*said)
                    samples += values
                with self.subTest(name, workers=workers, each=each):
                    self.want(merged, samples)
                    if workers > 1:
                        some[0].merge(some[1])
                        self.want(some[0], samples)

    def test_lanes_do_not_overflow(self):
        histogram = gregaria.Histogram()
        full = [10, 9, 4, (2_000_000).to_bytes(4, "little") + (1).to_bytes(4, "little")]
        for _ in range(2000):  # workers, of which each has two million values in one bucket and second
            histogram.add(*full)
        self.assertEqual(histogram.counts()[9 - histogram.base :][:2], [4_000_000_000, 2000])
        for _ in range(400):
            histogram.add(10, 9, 1, b"\xff\xff")
        self.assertEqual(histogram.counts()[9 - histogram.base :][:2], [4_000_102_000, 104_000])

    def test_a_second_in_the_file(self):
        self.report(
            row(7, {0: [1500] * 98 + [80_000, 120_000], 3: [400], 5: [1000] * 100}, "POST", "/a, b", counts=[100, 2, 1, 101, 3, 5000, 70000, 0, 0], statuses={200: 99, 503: 2}),
            row(7, {0: [9_000_000], 6: [300_000], 7: [40_000] * 50}, "STREAM", "/chat", apart=True, counts=[1, 0, 0, 0, 0, 0, 0, 51, 0], statuses={}),
            row(7, {0: [2500] * 3}, "GET", "/b"),
            locust=[entry("/a, b", {7: 200}, "POST", {7: 4}), entry("/b", {7: 3}), entry("/c", {7: 5, 8: 6})],
        )
        self.look()
        rows = self.rows()
        self.assertEqual(list(rows[0]), gregaria.COLUMNS)
        self.assertEqual([(found["Timestamp"], found["Type"], found["Name"], found["Requests"], found["Failures"], found["Seen_Percent"]) for found in rows], [
            ("7", "POST", "/a, b", "200", "4", "50"), ("7", "GET", "/b", "3", "0", "100"), ("7", "GET", "/c", "5", "0", "0"),
            ("7", "STREAM", "/chat", "1", "0", ""), ("7", "", "Aggregated", "208", "4", "49.52"), ("8", "GET", "/c", "6", "0", "0"), ("8", "", "Aggregated", "6", "0", "0"),
        ])
        first, _, python, stream, total, *_ = rows
        want = {
            "Time": "1970-01-01T00:00:07Z", "Incomplete": "1", "Exchanges": "101", "New_Connections": "3", "Statuses": "200:99 503:2", "Sent_Bytes": "5000", "Received_Bytes": "70000",
            "Events": "0", "Polls": "0", "Response_Count": "100", "Response_P50_MS": "1.499", "Response_P95_MS": "1.499", "Response_P99_MS": "120", "Response_Max_MS": "120",
            "Connect_Count": "1", "Connect_P50_MS": "0.4", "Wait_P99_MS": "1", "TLS_Count": "", "TLS_Max_MS": "", "Gap_Count": "",
            "Response_Histogram": "1.499:98 80.127:1 120.063:1", "Connect_Histogram": "0.4:1", "TLS_Histogram": "", "Wait_Histogram": "1.001:100", "Scheduled_Histogram": "", "First_Event_Histogram": "", "Gap_Histogram": "",
        }
        self.assertEqual({column: first[column] for column in want}, want)
        self.assertEqual((total["Response_Count"], total["Events"], total["Gap_Count"], total["Statuses"]), ("103", "0", "", "200:102 503:2"))
        self.assertEqual((stream["Events"], stream["Gap_Count"], stream["First_Event_Count"], stream["First_Event_Histogram"]), ("51", "50", "1", "300.031:1"))
        self.assertEqual(sum(int(pair.split(":")[1]) for pair in stream["Gap_Histogram"].split()), 50)
        self.assertEqual(total["Response_Histogram"], "1.499:98 2.503:3 80.127:1 120.063:1")
        empty = [column for column in gregaria.COLUMNS if not python[column]]
        self.assertEqual(empty, gregaria.COLUMNS[6:7] + gregaria.COLUMNS[8:])

    def test_histograms_are_the_percentiles(self):
        """What a reader counts together from the cells is what the columns of percentiles have, but for the largest value, which they cut at."""
        rand = random.Random(11)
        for second, spread in ((7, 0.3), (8, 1.5), (9, 4.0)):
            values = [int(rand.lognormvariate(9, spread)) for _ in range(rand.randrange(1, 3000))]
            self.report(row(second, {phase: values for phase in (0, 1, 2, 3, 4, 5, 6)}))
            self.look()
            found = self.named()[second]
            for phase in ("Response", "Scheduled", "Lateness", "Connect", "TLS", "Wait", "First_Event"):
                pairs = [pair.split(":") for pair in found[phase + "_Histogram"].split(" ")]
                upto = list(itertools.accumulate(int(count) for _, count in pairs))
                times = [float(ms) for ms, _ in pairs]
                self.assertEqual(times, sorted(set(times)))
                self.assertEqual(upto[-1], len(values))
                self.assertNotRegex(found[phase + "_Histogram"], r"e|\.\d*0:|\.\d{4}|\.:|:0( |$)")
                for percent in gregaria.PERCENTILES:
                    read = times[bisect.bisect_right(upto, min(len(values) * percent // 100, len(values) - 1))]
                    self.assertEqual(min(read, float(found[phase + "_Max_MS"])), float(found["%s_P%d_MS" % (phase, percent)]))

    def test_the_example_in_the_documentation(self):
        """It reads p95 of a minute, which is that of all values."""
        with open(os.path.join(os.path.dirname(__file__), "..", "..", "..", "docs", "timings.md")) as file:
            code = "    import collections, csv\n" + file.read().split("    import collections, csv\n")[1].split("\n\n")[0]
        rand, all_values = random.Random(5), []
        for second in range(990, 1070):
            values = [int(rand.lognormvariate(10, 0.2 + second % 3)) for _ in range(20)]
            self.report(row(second, {0: values}))
            all_values += values if 1000 <= second < 1060 else []
        self.look()
        with mock.patch("builtins.print") as told:
            exec(textwrap.dedent(code).replace('"timings.csv"', repr(self.path())), {"began": 1000})
        exact = self.exact(all_values, 95) / 1000
        self.assertLessEqual(abs(told.call_args[0][0] - exact), 0.004 * exact)

    def test_the_charts_get_no_histograms(self):
        """A browser has no use for them, and the columns still fit."""
        import flask

        self.report(row(7, {0: [1000]}))
        self.look()
        with flask.Flask("test").test_request_context("/?type=GET&name=/"):
            header, line, end = self.timings.series().get_data(as_text=True).split("\n")
        cells = dict(zip(header.split(","), line.split(",")))
        self.assertEqual(len(line.split(",")), len(header.split(",")))
        self.assertEqual((cells["Timestamp"], cells["Requests"], cells["Response_P50_MS"], cells["Download_Max_MS"], end), ("7", "1", "1", "", ""))
        self.assertNotIn("Histogram", header)
        self.assertNotIn(":1", line.split("200:1")[1])

    def test_polls_of_jobs(self):
        """They are added up over workers, and known to the tab."""
        for client, polls in (("w1", 7), ("w2", 4)):
            self.report(row(7, {0: [900_000]}, "JOB", "/story", counts=[1, 0, 0, 0, 0, 0, 0, 0, polls], statuses={}), client=client)
        self.look()
        self.assertEqual({name: self.named(name)[7]["Polls"] for name in ("/story", "Aggregated")}, {"/story": "11", "Aggregated": "11"})
        told = gregaria.figures(("JOB", "/story", False), self.timings.seconds.rows(7)["JOB", "/story", False])
        self.assertEqual((told["requests"], told["polls"]), (2, 11))

    def test_tasks_that_never_began(self):
        """How late they were is in the sum of the second, they themselves are not."""
        self.report(
            row(7, {0: [1000] * 3, 1: [1000] * 3, 2: [0] * 3}),
            row(7, {1: [3_000_000, 4_000_000], 2: [3_000_000, 4_000_000]}, "MISSED", "--rate", apart=True, counts=[2, 0, 0, 0, 0, 0, 0, 0, 0], statuses={}),
        )
        self.look()
        missed, _, total = self.rows()
        self.assertEqual((missed["Type"], missed["Requests"], missed["Response_Count"], missed["Lateness_Max_MS"]), ("MISSED", "2", "", "4000"))
        self.assertEqual((total["Requests"], total["Response_Count"], total["Scheduled_Count"], total["Lateness_Count"]), ("3", "3", "5", "5"))
        self.assertEqual((total["Response_Max_MS"], total["Scheduled_Max_MS"]), ("1", "4000"))

    def test_a_row_in_several_reports(self):
        self.report(row(7, {0: [100] * 5}, counts=[5, 1, 0, 5, 2, 50, 100, 0, 0]))
        self.report(row(7, {0: [300] * 3, 4: [50]}, counts=[3, 0, 1, 4, 1, 30, 60, 0, 0], statuses={200: 2, 500: 2}), client="w2")
        self.look()
        self.report(row(7, {0: [300] * 3}), client="w1")
        self.anew()
        self.look()
        found = self.named()[7]
        self.assertEqual((found["Requests"], found["Failures"], found["Incomplete"], found["Response_Count"], found["TLS_Count"]), ("11", "1", "1", "11", "1"))
        self.assertEqual((found["Exchanges"], found["New_Connections"], found["Statuses"], found["Seen_Percent"]), ("12", "3", "200:10 500:2", "100"))
        self.assertEqual((found["Response_P50_MS"], found["Response_Max_MS"]), ("0.3", "0.3"))


class File(Case):
    """timings.csv: what is written when."""

    def test_a_second_is_written_when_all_have_told(self):
        self.report(row(100, {0: [5]}), row(101, {0: [5]}))
        self.look(104.9)
        self.assertEqual(self.rows(), [])
        self.look(105)
        self.assertEqual(list(self.named()), [100])
        self.look(106.2)
        self.assertEqual(list(self.named()), [100, 101])

    def test_what_comes_late_lands_in_its_own_row(self):
        for second in range(100, 400):
            if second != 200:
                self.report(row(second, {0: [1000]}))
            self.look(second + 5)
        before = self.rows()
        self.assertLessEqual(len(self.timings.seconds.held), gregaria.HELD)
        self.report(row(390, {0: [9000] * 9}), row(200, {0: [7000]}), row(103, {0: [3000] * 2}), row(50, {0: [20]}), client="late")
        self.look(405)
        rows = self.named()
        self.assertEqual(list(rows), [50, *range(100, 400)])
        self.assertEqual({second: rows[second]["Requests"] for second in (50, 103, 200, 390)}, {50: "1", 103: "3", 200: "1", 390: "10"})
        self.assertEqual((rows[103]["Response_P50_MS"], rows[390]["Response_P50_MS"], rows[390]["Response_Max_MS"]), ("2.999", "8.991", "9"))
        untouched = {50, 103, 200, 390}
        self.assertEqual([found for found in self.rows() if int(found["Timestamp"]) not in untouched], [found for found in before if int(found["Timestamp"]) not in untouched])
        for second in range(400, 410):  # the file goes on
            self.report(row(second, {0: [1000]}))
        self.look()
        self.assertEqual(list(self.named()), [50, *range(100, 410)])
        self.assertEqual(os.listdir(self.folder), ["run_timings.csv"])

    def test_the_file_is_not_written_anew_all_the_time(self):
        self.report(row(100, {0: [1]}), row(101, {0: [1]}))
        self.look(110)
        self.report(row(100, {0: [1]}))
        self.look(110)  # the first time, at once
        with mock.patch.object(self.timings.table, "change", wraps=self.timings.table.change) as change:
            for _ in range(5):
                self.report(row(100, {0: [1]}))
                self.look(110)
            change.assert_not_called()
            self.timings.finish()
            change.assert_called_once()
        self.assertEqual(self.named()[100]["Requests"], "7")

    def test_a_file_that_is_there_stays(self):
        with open(self.path(), "w") as file:
            file.write("somebody's")
        self.report(row(100, {0: [1]}))
        self.look()
        with open(self.path()) as file:
            self.assertEqual(file.read(), "somebody's")
        self.assertEqual(list(self.named(path=self.path("run_timings_2.csv"))), [100])

    def full(self, free):
        """A disk that takes so many bytes more of any file: the kernel's own limit of a file's size."""
        size = os.path.getsize(self.path()) if os.path.exists(self.path()) else 0
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + free, before[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, before)
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)

    def test_a_full_disk_has_no_half_row(self):
        self.report(row(100, {0: [1000]}))
        self.look(105)
        before = self.rows()
        room = self.full(free=100)
        with self.assertLogs("gregaria", "INFO") as said:
            for second in range(101, 104):
                self.report(row(second, {0: [1000]}))
                self.look(second + 5)
            self.report(row(100, {0: [1000]}))
            self.anew()
            self.look(108)
            self.assertEqual(self.rows(), before)
            room()
            self.look(108)
            self.anew()
            self.look(108)
        self.assertEqual({second: found["Requests"] for second, found in self.named().items()}, {100: "2", 101: "1", 102: "1", 103: "1"})
        self.assertEqual([line.split(":")[0] for line in said.output], ["WARNING", "INFO"])
        self.assertEqual(os.listdir(self.folder), ["run_timings.csv"])

    def test_a_full_disk_when_the_file_is_written_anew(self):
        for second in range(100, 110):
            self.report(row(second, {0: [1000]}))
        self.look()
        with open(self.path(), "rb") as file:
            before = file.read()
        self.report(row(105, {0: [2000]}))
        room = self.full(free=-100)
        self.anew()
        with self.assertLogs("gregaria", "WARNING"):
            self.look()
        with open(self.path(), "rb") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(os.listdir(self.folder), ["run_timings.csv"])
        room()
        self.anew()
        self.look()
        self.assertEqual(self.named()[105]["Requests"], "2")

    def test_without_room_for_older_seconds_they_are_said_to_be_lost(self):
        with mock.patch.object(gregaria, "HELD", 10), mock.patch.object(gregaria, "MOST_HELD", 20), self.assertLogs("gregaria", "WARNING") as said:
            with mock.patch.object(gregaria.Spool, "put", side_effect=OSError(28, "No space left on device")):
                for second in range(100, 150):
                    self.report(row(second, {0: [1000]}))
                    self.look(second + 5)
            self.assertEqual(len(self.timings.seconds.held), 20)
            self.report(row(110, {0: [1000]}), row(140, {0: [1000]}))
            self.anew()
            self.look()
        self.assertEqual({second: self.named()[second]["Requests"] for second in (110, 140)}, {110: "1", 140: "2"})
        self.assertEqual(len(said.output), 2)
        self.assertIn("comes too late", said.output[1])

    def test_a_disk_that_is_full_for_long(self):
        """Neither the file nor the spool has room for longer than memory reaches: what is left is written afterwards."""
        self.look(100)
        room = self.full(free=0)
        full = OSError(28, "No space left on device")
        with mock.patch.object(gregaria, "HELD", 10), mock.patch.object(gregaria, "MOST_HELD", 20), self.assertLogs("gregaria", "INFO") as said:
            with mock.patch.object(gregaria.Spool, "put", side_effect=full):
                for second in range(100, 150):
                    self.report(row(second, {0: [1000]}))
                    self.look(second + 5)
            room()
            self.look()
            self.look()
        self.assertEqual(sorted(self.named()), [100, *range(131, 150)])  # the first was tried again each time
        self.assertEqual([line.split(":")[0] for line in said.output], ["WARNING", "WARNING", "INFO"])

    def test_without_a_file_only_the_newest_are_known(self):
        self.timings = self.new(None)
        for second in range(100, 400):
            self.report(row(second, {0: [1000]}))
            self.look(second + 5)
        self.report(row(101, {0: [1000]}))
        self.look()
        self.assertEqual(len(self.timings.seconds.held), gregaria.HELD)
        self.assertEqual(self.timings.total["GET", "/", False].requests, 301)
        self.assertEqual(os.listdir(self.folder), [])

    def test_settings(self):
        for setting, prefix, want in (("", None, None), ("", "out/run", "out/run_timings.csv"), (self.path("t.csv"), "out/run", self.path("t.csv")), ("t.csv", None, "t.csv")):
            self.assertEqual(gregaria.timings_path(setting, prefix), want)
        for wrong in (self.folder, self.path("no/such/t.csv")):
            with self.assertRaises(gregaria.Refused):
                gregaria.timings_path(wrong, None)

    def test_killed_in_mid_run(self):
        """kill -9 of a process that gets rows, late ones too, and writes: whole rows are left, and at most 10 s are missing."""
        child = subprocess.Popen([sys.executable, "-B", __file__, "child", self.path()], stdout=subprocess.PIPE)
        self.addCleanup(child.stdout.close)
        told = 0
        for line in child.stdout:
            told = int(line)
            if told >= 2400:
                break
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        told = max([told] + [int(line) for line in child.stdout if line.endswith(b"\n")])
        with open(self.path(), newline="") as file:
            text = file.read()
        self.assertTrue(text.endswith("\n"))
        seconds = {}
        for cells in csv.reader(io.StringIO(text)):
            self.assertEqual(len(cells), len(gregaria.COLUMNS))
            seconds.setdefault(cells[0], []).append(cells[3])
        seconds.pop("Timestamp")
        self.assertEqual({tuple(names) for names in seconds.values()}, {("/a", "/b", "Aggregated")})
        self.assertEqual(sorted(map(int, seconds)), list(range(2000, max(map(int, seconds)) + 1)))
        self.assertGreaterEqual(max(map(int, seconds)), told - 10)


class Reports(Case):
    """What workers say, and what they should not."""

    def test_garbage_is_said_once_and_left_out(self):
        good = row(7, {0: [5]})
        def changed(at, value):
            return good[:at] + [value] + good[at + 1 :]
        histogram = good[14][0]
        bad = [changed(0, "7"), changed(0, -1), changed(0, 1 << 40), changed(1, 5), changed(2, None), changed(4, [1, 2]), changed(11, -8), changed(12, -1), changed(4, True),
               changed(13, {"200": 1}), changed(13, {200: 0.5}), changed(13, 5), changed(14, {0: histogram[:3]}), changed(14, {0: [5, 5, 3, b"123"]}), changed(14, {0: [5, 5, 2, b"123"]}),
               changed(14, {0: [5, 7290, 1, bytes(90)]}), changed(14, {0: [5, -1, 1, b"1"]}), changed(14, {0: [5, 5, 1, "1"]}), changed(14, {0: [None, 5, 1, b"1"]}), changed(14, [1]),
               good + [1], good[1:], [], 5, None]
        bad = [message(good, wrong) for wrong in bad] + [{"version": gregaria.VERSION, "timings": value} for value in (b"x", "text", 7, zlib.compress(b"\xc1"), zlib.compress(msgpack.packb([good]))[:-3], zlib.compress(b""))]
        bad += [None, 5, b"", [], {}, message(good, version=gregaria.VERSION + 1), message(good, version=str(gregaria.VERSION))]
        for wrong in bad:
            timings = self.new(self.path("%d.csv" % id(wrong)))
            with self.assertLogs("gregaria", "WARNING") as said:
                for _ in range(3):
                    timings.report(client_id="w", data={"stats": [entry("/", {7: 2})], "gregaria": wrong})
                timings.look(math.inf)
            self.assertEqual(len(said.output), 1, said.output)
            self.assertIn("worker w tells", said.output[0])
            found, _ = self.rows(timings.table.path)
            self.assertEqual((found["Requests"], found["Seen_Percent"], found["Response_Count"]), ("6", "0", ""), wrong)

    def test_a_version_that_is_not_known_is_said_so(self):
        """Of workers that are newer, and of the release before, whose rows have no polls."""
        older = [7, "GET", "/", False, 1, 0, 0, 1, 0, 10, 20, 0, {200: 1}, {0: window([5])}]
        for version in (gregaria.VERSION + 1, gregaria.VERSION - 1):
            with self.assertLogs("gregaria", "WARNING") as said:
                timings = self.new(self.path("%d.csv" % version))
                for _ in range(2):
                    timings.report(client_id="w", data={"gregaria": message(older, version=version), "stats": [entry("/", {7: 1})]})
                timings.look(math.inf)
            self.assertEqual(len(said.output), 1, said.output)
            self.assertIn("another version than %d: take loadtest, its plug-in and workers of one release" % gregaria.VERSION, said.output[0])
            found, _ = self.rows(timings.table.path)
            self.assertEqual((found["Requests"], found["Seen_Percent"], found["Polls"]), ("2", "0", ""))

    def test_a_report_that_others_have_changed(self):
        for data in (None, {}, {"stats": None}, {"stats": 5}, {"stats": [None]}, {"stats": [{}]}, {"stats": [{"name": "/", "num_reqs_per_sec": 5}]}, {"stats": [], "stats_total": 7}):
            timings = self.new(None)
            with mock.patch.object(gregaria.log, "warning") as said:
                timings.report(client_id="w", data=data)
                timings.report(client_id="w", data=data)
                timings.look(math.inf)
            self.assertLessEqual(said.call_count, 1, data)

    def test_without_timings_and_without_maps(self):
        self.timings.report(client_id="w", data={"gregaria": {"version": gregaria.VERSION, "timings": b""}, "stats": [entry("/", {7: 1})]})
        self.report([7, "GET", "/", False, 1, 0, 0, 0, 0, 0, 0, 0, 0, None, None], locust=[])
        self.report(row(7, {12: [5]}, requests=1), locust=[])  # a phase of a later release
        self.look()
        self.assertEqual(self.named()[7]["Seen_Percent"], "200")

    def test_names_of_any_kind(self):
        names = ["a,b", 'say "x"', "two\nlines", "", "Ü", "\ud7ff"]
        self.report(*(row(7, {0: [5]}, name=name) for name in names))
        self.look()
        self.assertEqual([found["Name"] for found in self.rows()], sorted(names) + ["Aggregated"])

    def test_clocks(self):
        def warned(offset, requests=100, reports=40, late=0.0, gap=0.0):
            clocks = gregaria.Clocks()
            with mock.patch.object(gregaria.log, "warning") as said:
                for i in range(reports):
                    sent = 1000 + 3 * i
                    clocks.look("w", {"last_request_timestamp": sent + offset - gap, "num_requests": requests}, sent + late + 0.01)
                    clocks.look("idle", {"last_request_timestamp": None, "num_requests": 0}, sent)
            return [call[0][2:4] for call in said.call_args_list]

        self.assertEqual(warned(0), [])
        self.assertEqual(warned(0.4), [])
        self.assertEqual([(round(by, 1), way) for by, way in warned(0.7)], [(0.7, "ahead of")])
        self.assertEqual([(round(by), way) for by, way in warned(3600, requests=1)], [(3600, "ahead of")])
        self.assertEqual([(round(by, 1), way) for by, way in warned(-3)], [(3.0, "behind")])
        self.assertEqual(warned(-1), [])
        self.assertEqual(warned(0, late=1.5), [])
        self.assertEqual(warned(-3, reports=10), [])  # a link that is slow for once
        self.assertEqual(warned(0, requests=1, gap=60), [])  # a worker with little to do


class Test(Case):
    """The numbers of the test so far, and of its newest seconds."""

    def test_a_test_begins_anew(self):
        self.report(row(100, {0: [1000]}), row(101, {0: [1000]}))
        self.look(110)
        with mock.patch.object(gregaria.time, "time", return_value=200):
            self.timings.begin()
        self.report(row(150, {0: [1000]}), row(200, {0: [2000]}))
        self.look(210)
        self.report(row(101, {0: [9000]}), row(200, {0: [2000]}), row(201, {0: [2000]}))
        self.look(210)
        total = self.timings.total["GET", "/", False]
        self.assertEqual((total.requests, total.phases[0].read()[0], total.phases[0].top), (3, 3, 2000))
        self.timings.finish()
        self.assertEqual(sorted(self.named()), [100, 101, 150, 200, 201])

    def test_the_window(self):
        for second in range(100, 200):
            self.report(row(second, {0: [1000 * second]}))
            self.look(second + 5)
        with mock.patch.object(gregaria.time, "time", return_value=200.5):
            rows, seconds = self.timings.window(10)
            self.assertEqual((seconds, rows["GET", "/", False].requests, rows["GET", "/", False].phases[0].top), (10, 10, 195000))
            rows, seconds = self.timings.window(0)
            self.assertEqual(rows["GET", "/", False].requests, 100)
            self.timings.began, self.timings.ended = 192, 194.2  # a test that has ended
            rows, seconds = self.timings.window(10)
            self.assertEqual((seconds, rows["GET", "/", False].requests), (3, 3))


def child(path):
    """Gets rows of second after second and writes, quicker than time, until it is killed."""
    timings = gregaria.Timings(mock.Mock(), path)
    for second in range(2000, 100000):
        for worker in ("a", "b"):
            timings.report(client_id=worker, data=report(row(second, {0: [1000] * 20}, name="/" + worker)))
        if second % 3 == 0:
            timings.next_change = 0
            timings.report(client_id="late", data=report(row(max(2000, second - 30), {0: [1000] * 20}, name="/a")))
        timings.look(second + 6)
        print(second, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2])
    else:
        unittest.main()
