"""Tests of the plug-in's part that keeps the tests of a session apart. Run by plugin_test.go."""

import locust  # patches the standard library for gevent first, as in a master  # noqa: F401

import csv
import glob
import os
import shutil
import tempfile
import time
import unittest
from unittest import mock

import gevent
import gregaria
from locust import User, argument_parser, task
from locust.env import Environment
from locust.event import Events
from locust.runners import WorkerNode


class Someone(User):
    host = "http://localhost:1"

    @task
    def nothing(self):
        pass


class Sessions(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        arguments = mock.patch("sys.argv", ["locust"])  # which the web UI reads
        arguments.start()
        self.addCleanup(arguments.stop)
        for late in ("LATE", "LATE_IN_PYTHON", "READY"):
            patch = mock.patch.object(gregaria, late, 0.4 if late == "LATE_IN_PYTHON" else 0.1)
            patch.start()
            self.addCleanup(patch.stop)
        options = argument_parser.get_parser(default_config_files=[]).parse_args(["--stop-timeout", "0"])
        self.environment = Environment(user_classes=[Someone], events=Events(), parsed_options=options)
        self.runner = self.environment.create_master_runner("127.0.0.1", 0)
        self.environment.create_web_ui("127.0.0.1", 0, delayed_start=True)
        self.addCleanup(self.runner.greenlet.kill)
        self.timings = gregaria.Timings(self.environment, None)
        with mock.patch.object(gregaria.atexit, "register"):
            self.timings.start()
            self.session = gregaria.Session(self.environment, self.folder, True, self.timings)
        self.addCleanup(self.timings.following.kill)
        self.addCleanup(lambda: self.timings.table and self.timings.table.file and self.timings.table.file.close())
        self.addCleanup(self.session.leave)
        self.form = self.environment.web_ui.app.test_client()

    def begin(self):
        """As Locust's master does when a test starts."""
        self.runner.stats.clear_all()
        self.runner.exceptions = {}
        self.environment.events.test_start.fire(environment=self.environment)
        self.runner.state = "running"

    def end(self):
        self.runner.state = "stopping"
        self.environment.events.test_stopping.fire(environment=self.environment)
        self.environment.events.test_stop.fire(environment=self.environment)
        self.runner.state = "stopped"

    def request(self, n=1):
        for _ in range(n):
            self.runner.stats.log_request("GET", "/", 5, 1)

    def counted(self, number):
        with open(os.path.join(self.folder, "stats_%s_stats.csv" % self.session.tests[number]["stamp"])) as file:
            return int([row for row in csv.DictReader(file) if row["Name"] == "Aggregated"][0]["Request Count"])

    def test_each_has_files_of_its_own_however_soon_the_next_begins(self):
        self.begin()
        self.request(3)
        self.end()
        self.request()  # the last report
        self.begin()
        self.request(5)
        self.environment.process_exit_code = 7
        self.end()
        gevent.sleep(0.3)
        self.assertEqual([(test["closed"], test["code"], test["trouble"]) for test in self.session.tests], [(True, 0, ""), (True, 7, "")])
        self.assertEqual([self.counted(0), self.counted(1)], [4, 5])
        stamps = [test["stamp"] for test in self.session.tests]
        self.assertEqual(len(set(stamps)), 2)  # though both began in one second
        for stamp in stamps:
            names = ["locust_%s.log", "locust_report_%s.html", "stats_%s_exceptions.csv", "stats_%s_failures.csv", "stats_%s_stats.csv", "stats_%s_stats_history.csv", "timings_%s.csv"]
            self.assertEqual(sorted(map(os.path.basename, glob.glob("%s/*%s*" % (self.folder, stamp)))), [name % stamp for name in names])
            with open(os.path.join(self.folder, "locust_report_%s.html" % stamp)) as report:
                self.assertIn('"num_requests": %d' % (4 if stamp == stamps[0] else 5), report.read())

    def test_what_others_have_stays(self):
        for ahead in range(3):
            stamp = time.strftime("%Y%m%d_%H%M%S", time.localtime(time.time() + ahead))
            with open(os.path.join(self.folder, "locust_%s.log" % stamp), "w") as log:
                log.write("another run's")
        self.begin()
        self.assertGreater(self.session.tests[0]["stamp"], stamp)

    def test_late_reports_of_workers_in_python(self):
        """They are awaited before Locust forgets: else they would be counted to the next test."""
        self.begin()
        self.environment.events.worker_report.fire(client_id="w", data={"stats": [], "stats_total": {}, "user_classes_count": {}})
        self.end()
        gevent.spawn_later(0.3, self.request)
        self.begin()
        self.assertEqual((self.counted(0), self.runner.stats.total.num_requests), (1, 0))

    def test_one_takes_the_place_of_another(self):
        """Somebody starts a test while the users of the one before still go: its end comes later, and is not that of the new one."""
        self.begin()
        self.request(2)
        self.runner.state = "stopping"
        self.environment.events.test_stopping.fire(environment=self.environment)
        self.begin()
        self.environment.events.test_stop.fire(environment=self.environment)
        self.assertEqual([bool(test["ended"]) for test in self.session.tests], [True, False])
        self.assertEqual(self.counted(0), 2)

    def test_no_room(self):
        for path in (os.path.join(self.folder, "away"), "/dev/full"):
            self.session.folder = path
            with self.assertLogs("gregaria", "ERROR"):
                self.begin()
            self.assertIn("the results of this test cannot be written to %s: " % path, self.session.tests[-1]["trouble"])
            self.end()
            gevent.sleep(0.2)
            self.assertTrue(self.session.tests[-1]["closed"])

    def test_how_long(self):
        """The answer to the form says for how long; Edit says it anew, or takes it away."""
        self.runner.clients["w"] = WorkerNode("w")
        form = {"user_count": 1, "spawn_rate": 1}
        with mock.patch.object(self.runner, "start"):
            self.form.post("/swarm", data=dict(form, run_time="30s"))
            self.begin()
            self.assertAlmostEqual(self.session.tests[0]["until"] - self.session.tests[0]["began"], 30, delta=1)
            self.form.post("/swarm", data=dict(form, user_count="x", run_time="99s"))  # which Locust refuses
            self.assertAlmostEqual(self.session.tests[0]["until"] - self.session.tests[0]["began"], 30, delta=1)
            self.form.post("/swarm", data=form)
        self.assertEqual(self.session.tests[0]["until"], 0)
        self.environment.web_ui._cancel_run_time_timer()

    def test_without_workers(self):
        with self.assertLogs("gregaria", "ERROR"):
            answer = self.form.post("/swarm", data={"user_count": 1, "spawn_rate": 1}).get_json()
        self.assertEqual((answer["success"], answer["message"]), (False, "no worker is ready for a test: see what loadtest says"))

    def test_workers_that_are_not_ready_yet(self):
        self.session.workers = 2
        self.runner.clients["a"] = WorkerNode("a")
        gevent.spawn_later(0.05, lambda: self.runner.clients.update(b=WorkerNode("b")))
        with mock.patch.object(self.runner, "start") as start:
            self.form.post("/swarm", data={"user_count": 1, "spawn_rate": 1})
            self.assertEqual(len(self.runner.clients.ready), 2)
            gevent.sleep(0.01)
        start.assert_called_once()

    def test_what_the_page_is_told(self):
        """It asks on until the test is over, and can begin another as soon as it is."""

        def told(**headers):
            answer = self.form.get("/stats/requests", headers=headers).get_json()
            return answer["state"], answer["worker_count"]

        page = {"Referer": "http://localhost:8089/"}
        self.runner.clients["a"], self.runner.clients["b"] = WorkerNode("a", state="running"), WorkerNode("b", state="missing")
        self.begin()
        self.assertEqual(told(**page), ("running", 1))
        self.runner.state = "stopping"
        self.assertEqual(told(**page), ("running", 1))
        self.environment.events.test_stopping.fire(environment=self.environment)
        self.runner.state = "stopped"
        del self.runner.clients["a"]  # by what it says when it has stopped
        self.assertEqual(told(**page), ("stopped", 1))
        gevent.sleep(2.1)  # for which Locust keeps an answer
        self.assertEqual(told(), ("stopped", 0))

    def test_the_setting(self):
        self.assertEqual(gregaria.session_of('{"folder": "/x", "full_history": false}'), ("/x", False))
        for wrong in ("", "{}", "[]", '"/x"'):
            with self.assertRaises(gregaria.Refused):
                gregaria.session_of(wrong)


if __name__ == "__main__":
    unittest.main()
