"""Tests of what the plug-in tells of the moment. Run by plugin_test.go."""

import locust  # patches the standard library for gevent first, as in a master  # noqa: F401

import unittest
from unittest import mock

import gregaria
import test_timings as tests


class Told(tests.Case):
    """What is told of seconds, and of which."""

    def setUp(self):
        super().setUp()
        self.timings.environment.runner.clients = {"w1": None, "w2": None}
        self.timings.environment.runner.user_count = 7
        self.timings.environment.runner.stats.total = mock.Mock(num_requests=21, num_failures=2)
        self.timings.environment.parsed_options = None
        self.timings.began = 1000

    def hear(self, at, *rows, client="w1", **more):
        with mock.patch("time.time", return_value=at):
            self.report(*rows, client=client, **more)

    def tell(self, after=0, now=1010.0):
        return self.timings.moment.tell(after, now)

    def test_nothing_yet(self):
        self.assertEqual(self.tell(), {"users": 7, "requests": 21, "failures": 2, "seconds": [], "moment": None, "rate": 0})

    def test_a_rate(self):
        """Whoever has said it: of a test that has none, there is none."""
        self.timings.environment.parsed_options = options = mock.Mock(spec=["gregaria_rate"], gregaria_rate=50.0)
        self.assertEqual(self.tell()["rate"], 50)
        options.gregaria_rate = None
        self.assertEqual(self.tell()["rate"], 0)

    def test_seconds_are_whole(self):
        """A report that came at 1003.1 may lack the end of 1002: 1001 is the newest whole one. Of 1003 it has a part."""
        rows = [tests.row(1000 + i, {0: [10000 * (i + 1)] * 4}) for i in range(4)]
        self.hear(1003.1, *rows)
        self.assertEqual(self.tell()["seconds"], [[1000, 4, 0, 10.0, 10.0], [1001, 4, 0, 20.0, 20.0]])
        self.hear(1003.3, client="w1")
        said = self.tell()
        self.assertEqual([second[0] for second in said["seconds"]], [1000, 1001, 1002])
        self.assertEqual(said["moment"][:3], [3, 12, 0])

    def test_all_workers_have_told(self):
        self.hear(1006.5, tests.row(1005, {0: [10000]}), client="w1")
        self.assertEqual(self.tell()["seconds"][-1][:2], [1005, 1])
        self.hear(1004.5, tests.row(1003, {0: [10000]}), client="w2")
        self.assertEqual(self.tell()["seconds"][-1][:2], [1003, 1])
        self.hear(1007.5, tests.row(1005, {0: [10000]}), tests.row(1006, {0: [10000]}), client="w2")
        self.assertEqual(self.tell()["seconds"][-1][:2], [1005, 2])

    def test_a_worker_that_is_silent_or_gone_is_not_waited_for(self):
        self.hear(1002.5, client="w2")
        self.hear(1009.4, tests.row(1008, {0: [10000]}), client="w1")
        self.assertEqual(self.tell(now=1009.4)["seconds"][-1][0], 1001)
        self.assertEqual(self.tell(now=1009.6)["seconds"][-1][0], 1008)
        self.hear(1009.5, client="w2")
        self.hear(1013.5, client="w1")
        del self.timings.environment.runner.clients["w2"]
        self.assertEqual(self.tell(now=1013.6)["seconds"][-1][0], 1012)
        self.assertIsNone(self.tell(now=1030)["moment"])

    def test_percentiles_are_of_all_together(self):
        """The median of three seconds is that of their sum, not of their medians."""
        self.hear(1003.5, tests.row(1000, {0: [10] * 98}), tests.row(1001, {0: [20]}), tests.row(1002, {0: [50]}))
        self.assertEqual(self.tell()["moment"], [3, 100, 0, 0.01, 0.01])
        self.assertEqual([second[3] for second in self.tell()["seconds"]], [0.01, 0.02, 0.05])
        self.hear(1004.5, tests.row(1003, {0: [50] * 9}))
        self.assertEqual(self.tell()["moment"], [3, 11, 0, 0.05, 0.05])

    def test_zero_is_a_number(self):
        self.hear(1003.5)
        self.assertEqual(self.tell(after=1000)["seconds"], [[1001, 0, 0, None, None], [1002, 0, 0, None, None]])

    def test_failures_and_streams(self):
        apart = tests.row(1001, {0: [50000] * 50}, kind="STREAM", apart=True)
        self.hear(1003.5, tests.row(1001, {0: [10] * 5}, counts=(5, 2, 0, 5, 0, 1, 1, 0, 0)), apart)
        self.assertEqual(self.tell(after=1000)["seconds"][0], [1001, 5, 2, 0.01, 0.01])

    def test_workers_in_python_tell_no_times(self):
        self.hear(1003.5, tests.row(1001, {0: [10] * 9}), client="w1")
        self.timings.report(client_id="w2", data={"stats": [tests.entry("/", {1001: 1})]})
        self.timings.moment.heard["w2"] = 1003.5
        self.assertEqual(self.tell(after=1000)["seconds"][0], [1001, 10, 0, 0.01, 0.01])
        self.timings.report(client_id="w2", data={"stats": [tests.entry("/", {1001: 1})]})
        self.timings.moment.heard["w2"] = 1003.5
        self.assertEqual(self.tell(after=1000)["seconds"][0], [1001, 11, 0, None, None])

    def test_what_this_version_cannot_read_is_heard_too(self):
        self.hear(1003.5, gregaria={"version": 99, "timings": b""})
        self.assertEqual(self.tell()["seconds"][-1][0], 1002)

    def test_begin_and_end(self):
        self.hear(1006.5, tests.row(999, {0: [10]}), tests.row(1003, {0: [10]}))
        self.assertEqual(self.tell()["seconds"][0][0], 1000)
        self.timings.ended = 1003.7
        self.assertEqual(self.tell()["seconds"][-1][0], 1003)
        self.timings.ended, self.timings.began = None, 2000
        self.assertIsNone(self.tell()["moment"])

    def test_after_a_long_silence_a_minute_is_told(self):
        self.hear(2000.5)
        self.assertEqual([second[0] for second in self.tell(now=2001)["seconds"]], list(range(1940, 2000)))


if __name__ == "__main__":
    unittest.main()
