"""Tests of the plug-in without a master: settings, files that grow, a monitor over HTTP. Run by plugin_test.go."""

import locust  # patches the standard library for gevent first, as in a master  # noqa: F401

import argparse
import csv
import json
import os
import shutil
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

import gevent
import gregaria


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name="metrics.csv"):
        return os.path.join(self.folder, name)

    def write(self, text, name="metrics.csv", mode="w"):
        with open(self.path(name), mode) as file:
            file.write(text)
        return self.path(name)


class Settings(Folder):
    def test_files(self):
        named = lambda setting: [(m.name, m.path) for m in gregaria.files(setting)]
        self.assertEqual(named(""), [])
        self.assertEqual(named("a.csv" + os.pathsep + "/x/b.csv"), [("a.csv", "a.csv"), ("b.csv", "/x/b.csv")])
        self.assertEqual(named(os.pathsep.join(("a/m.csv", "b/m.csv"))), [("a/m.csv", "a/m.csv"), ("b/m.csv", "b/m.csv")])
        self.assertEqual(named('{"z": "/x:y,z.csv", "api": "b.csv"}'), [("z", "/x:y,z.csv"), ("api", "b.csv")])
        for wrong in ('{"a": ', "{}x"):
            with self.assertRaises(gregaria.Refused):
                gregaria.files(wrong)

    def test_monitors(self):
        prefix = self.path("run")
        found = gregaria.monitors("http://api:9647, https://db:1/proxy/metrics/,http://db:2,", "t", prefix)
        self.assertEqual([(m.name, m.url, os.path.basename(m.path)) for m in found], [
            ("api", "http://api:9647", "run_metrics_api.csv"),
            ("db_1", "https://db:1/proxy", "run_metrics_db_1.csv"),
            ("db_2", "http://db:2", "run_metrics_db_2.csv"),
        ])
        for wrong in ("api:9647", "ftp://api", "http://", "http://ann:secret@api:9647", "http://api:99999", "http://api:x", "http://a:1,http://a:1/metrics"):
            with self.assertRaises(gregaria.Refused) as said:
                gregaria.monitors(wrong, "", prefix)
            self.assertIn("http://api:9647", str(said.exception))

    def test_without_a_prefix_files_are_temporary(self):
        with mock.patch.object(gregaria.atexit, "register") as register:
            monitor, = gregaria.monitors("http://[::1]:9647", "", None)
        self.addCleanup(shutil.rmtree, os.path.dirname(monitor.path))
        self.assertEqual(register.call_args[0][1], os.path.dirname(monitor.path))
        self.assertEqual(os.path.basename(monitor.path), "metrics_--1.csv")
        self.assertGreater(monitor.limit, 0)

    def test_a_wrong_setting_ends_the_master_in_a_line(self):
        environment = mock.Mock()
        with mock.patch.dict(os.environ, GREGARIA_MONITORS="nonsense"), self.assertLogs("gregaria", "ERROR") as said:
            with self.assertRaises(SystemExit) as end:
                gregaria.begin(environment)
        self.assertEqual(end.exception.code, 2)
        self.assertEqual(len(said.output), 1)

    def test_which_releases_have_tabs(self):
        for version, options, want in (
            ("2.47.0", {}, True), ("2.22.0", {"legacy_ui": False}, True), ("2.22.0", {"legacy_ui": True}, False), ("2.20.1", {"modern_ui": False}, False),
            ("2.20.1", {"modern_ui": True}, True), ("2.17.0", {}, False), ("3.0.0.dev1", {}, True),
        ):
            with mock.patch.object(locust, "__version__", version):
                self.assertIs(gregaria.has_tabs(argparse.Namespace(**options)), want, version)

    def test_a_worker_does_nothing(self):
        environment = mock.Mock()
        environment.runner = mock.Mock(spec=gregaria.WorkerRunner)
        with mock.patch.dict(os.environ, GREGARIA_MONITORS="nonsense"):
            gregaria.begin(environment)
        environment.web_ui.app.register_blueprint.assert_not_called()


class Files(Folder):
    """Metrics: what the page gets of a CSV that somebody writes."""

    def test_only_whole_lines(self):
        metrics = gregaria.Metrics("m", self.path())
        self.assertIn("No such file", metrics.state())
        self.write("Timestamp,A\n1,1")
        self.assertEqual(metrics.rows("", -1)[0], "")
        self.assertIn("no row yet", metrics.state())
        self.write("\n2,2\n3,", mode="a")
        name, header, lines, after = metrics.rows("", -1)
        self.assertEqual((header, lines, metrics.state()), (b"Timestamp,A\n", b"1,1\n2,2\n", ""))
        self.assertEqual(metrics.rows(name, after)[2:], (b"", after))
        self.write("3\n4,4\n", mode="a")
        self.assertEqual(metrics.rows(name, after)[2], b"3,3\n4,4\n")

    def test_another_file_is_read_from_its_beginning(self):
        metrics = gregaria.Metrics("m", self.write("Timestamp,A\n1,1\n2,2\n3,3\n"))
        name, _, _, after = metrics.rows("", -1)
        self.write("Timestamp,A\n7,7\n8,8\n9,9\n10,10\n")  # longer than the one before, as a restarted monitor's may be
        other, _, lines, _ = metrics.rows(name, after)
        self.assertNotEqual(other, name)
        self.assertEqual(lines, b"7,7\n8,8\n9,9\n10,10\n")

    def test_of_a_long_file_the_newest(self):
        rows = ["%d,%s\n" % (i, "x" * 100) for i in range(60000)]
        metrics = gregaria.Metrics("m", self.write("Timestamp,A\n" + "".join(rows)))
        name, header, lines, after = metrics.rows("", -1)
        self.assertEqual(header, b"Timestamp,A\n")
        self.assertTrue(lines.endswith(rows[-1].encode()))
        first = lines.split(b"\n", 1)[0].decode() + "\n"
        self.assertIn(first, rows)
        self.assertLessEqual(len(lines), gregaria.WINDOW)
        self.assertGreater(len(lines), gregaria.WINDOW - 200)
        self.assertEqual(metrics.rows(name, after)[2], b"")

    def test_the_newest_of_a_folder(self):
        metrics = gregaria.Metrics("m", self.folder)
        self.assertIn("metrics_*.csv", metrics.state())
        old, new = self.write("Timestamp\n1\n", "metrics_1.csv"), self.write("Timestamp\n2\n", "metrics_2.csv")
        self.write("Timestamp\n3\n", "service_3.csv")
        os.utime(old, (1, 1))
        self.assertEqual(metrics.file(), new)
        os.utime(new, (0, 0))
        self.assertEqual(metrics.file(), old)

    def test_the_download_ends_with_a_whole_line(self):
        text = "Timestamp,A\n" + "".join("%d,%d\n" % (i, i) for i in range(50000))
        metrics = gregaria.Metrics("m", self.write(text + "50000,5"))
        pieces, size = metrics.whole()
        self.assertEqual(b"".join(pieces).decode(), text)
        self.assertEqual(size, len(text))


class Answering(BaseHTTPRequestHandler):
    """A monitor: docs/metrics.md, "Over HTTP"."""

    def do_GET(self):
        said = self.server.said
        if said["token"] and self.headers.get("Authorization") != "Bearer " + said["token"]:
            return self.send_error(401)
        now = time.time() + said["ahead"]
        if self.path == "/clock":
            text = json.dumps({"receive_ns": int(now * 1e9), "transmit_ns": int(now * 1e9)})
        elif self.path == "/columns":
            text = json.dumps({"interval": 1, "started": said["started"], "columns": said["columns"]})
        else:
            since = float(self.path.split("since=")[1])
            text = "".join(json.dumps(row) + "\n" for row in said["rows"] if row["Timestamp"] > since)
        self.send_response(200)
        self.send_header("Gregaria-Started", str(said["started"]))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class Monitors(Folder):
    """Monitor: the rows of another host."""

    def setUp(self):
        super().setUp()
        self.server = HTTPServer(("127.0.0.1", 0), Answering)
        self.server.said = self.said = {"token": "", "ahead": 0, "started": 5, "columns": ["Timestamp", "A", "Time", "Word"], "rows": []}
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.monitor = self.new()

    def new(self, limit=0, token=""):
        return gregaria.Monitor("api", "http://127.0.0.1:%d" % self.server.server_port, self.path("run_metrics_api.csv"), limit, token)

    def rows(self, path=None):
        with open(path or self.monitor.path, newline="") as file:
            return list(csv.reader(file))

    def fetch(self, *rows):
        self.said["rows"] += rows
        self.monitor.fetch()

    def test_rows_are_written_as_the_monitor_says_them(self):
        second = int(time.time())
        self.fetch({"Timestamp": second + 1, "A": 0.1000, "Time": "x", "Word": "a, b"}, {"Timestamp": second + 2})
        self.fetch()
        self.assertEqual(self.rows(), [
            ["Timestamp", "A", "Time", "Word"],
            [str(second + 1), "0.1", gregaria.iso(second + 1), "a, b"],
            [str(second + 2), "", gregaria.iso(second + 2), ""],
        ])

    def test_the_clock_is_put_right_by_whole_intervals(self):
        self.said["ahead"] = 3.2
        second = int(time.time())
        with self.assertLogs("gregaria", "INFO") as said:
            self.fetch({"Timestamp": second + 4})
        self.fetch()
        self.fetch({"Timestamp": second + 5})
        self.assertEqual([row[0] for row in self.rows()[1:]], [str(second + 1), str(second + 2)])
        self.assertRegex(said.output[0], r"the clock of api is 3\.[12]\d\d s ahead")

    def test_a_clock_that_is_set(self):
        self.said["ahead"] = 2.45
        with self.assertLogs("gregaria", "INFO"):
            self.fetch()
        for ahead, shift in ((2.55, 2), (2.7, 2), (2.9, 3), (2.3, 3), (-0.1, 0)):
            self.said["ahead"], self.monitor.clock_at = ahead, -gregaria.CLOCK
            self.monitor.fetch()
            self.assertEqual(self.monitor.shift, shift, ahead)

    def test_a_monitor_started_anew(self):
        second = int(time.time())
        self.fetch({"Timestamp": second + 1, "A": 1})
        self.said.update(started=6, rows=[])  # the same columns
        self.fetch()
        self.fetch({"Timestamp": second + 5, "A": 5})
        self.assertEqual([row[1] for row in self.rows()], ["A", "1", "5"])
        first = self.monitor.path
        self.said.update(started=7, columns=["Timestamp", "B", "Time"], rows=[])  # others
        self.fetch()
        self.fetch({"Timestamp": second + 7, "B": 7})
        self.assertEqual([row[1] for row in self.rows(first)], ["A", "1", "5"])
        self.assertEqual([row[1] for row in self.rows()], ["B", "7"])
        self.assertEqual(os.path.basename(self.monitor.path), "run_metrics_api_2.csv")

    def test_a_file_that_is_there_stays(self):
        self.write("somebody's", "run_metrics_api.csv")
        self.fetch()
        self.assertEqual(os.path.basename(self.monitor.path), "run_metrics_api_2.csv")
        with open(self.path("run_metrics_api.csv")) as file:
            self.assertEqual(file.read(), "somebody's")

    def test_a_row_that_does_not_fit_is_written_later(self):
        second = int(time.time())
        self.fetch({"Timestamp": second + 1, "A": 1})
        before = self.rows()

        class Full(gregaria.io.FileIO):  # what a full disk does: some of the bytes, then none
            def write(self, data):
                return super().write(data[: len(data) // 2])

        with mock.patch("builtins.open", lambda path, *_, **__: Full(path, "ab")), self.assertRaises(OSError) as said:
            self.fetch({"Timestamp": second + 2, "A": 2})
        self.assertEqual(said.exception.filename, self.monitor.path)
        self.assertEqual(self.rows(), before)
        self.fetch()
        self.assertEqual([row[1] for row in self.rows()], ["A", "1", "2"])

    def test_a_temporary_file_is_bounded(self):
        self.monitor = self.new(limit=1 << 16)
        second = int(time.time())
        with mock.patch.object(gregaria, "WINDOW", 1 << 12):
            for i in range(40):
                self.fetch(*({"Timestamp": second + 100 * i + n, "Word": "x" * 40} for n in range(1, 100)))
                self.said["rows"].clear()
        self.assertLess(os.path.getsize(self.monitor.path), (1 << 16) + (1 << 14))
        self.assertEqual(self.rows()[0], self.said["columns"])
        self.assertEqual(self.rows()[-1][0], str(second + 100 * 39 + 99))

    def test_what_is_wrong_is_said_once_and_so_is_its_end(self):
        self.said["token"] = "0123456789abcdef"
        with self.assertLogs("gregaria", "INFO") as said:
            self.monitor.look()
            self.monitor.look()
            self.assertIn("set GREGARIA_MONITOR_TOKEN", self.monitor.state())
            self.monitor.token = self.said["token"]
            self.said["rows"].append({"Timestamp": int(time.time()) + 1})
            self.monitor.look()
            self.monitor.look()
        self.assertEqual([line.split(":")[0] for line in said.output], ["WARNING", "INFO"])
        self.assertIn("run_metrics_api.csv", said.output[1])

    def test_the_last_rows_are_fetched_when_the_master_ends(self):
        environment = mock.Mock()
        with self.assertLogs("gregaria", "INFO"):
            self.monitor.start(environment)
            while self.monitor.trouble:
                gevent.sleep(0.01)
        (last, ), _ = environment.events.quitting.add_listener.call_args
        self.said["rows"].append({"Timestamp": int(time.time()) + 1, "A": 7})
        last(environment=environment)
        self.assertEqual([row[1] for row in self.rows()], ["A", "7"])
        self.assertTrue(self.monitor.following.dead)

    def test_trouble_has_words(self):
        def trouble():
            with self.assertLogs("gregaria", "WARNING"):
                self.monitor.look()
            return self.monitor.trouble

        self.said["columns"] = None
        self.assertIn("is no monitor of this version", trouble())
        self.server.shutdown()
        self.server.server_close()
        self.assertRegex(trouble(), r"^the monitor at http://127.0.0.1:\d+ does not answer: .*refused")


if __name__ == "__main__":
    unittest.main()
