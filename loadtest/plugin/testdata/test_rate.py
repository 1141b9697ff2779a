"""Tests of the plug-in's part for --rate: options, shares, turns of users in Python. Run by plugin_test.go."""

import locust  # patches the standard library for gevent first, as in a master  # noqa: F401

import contextlib
import io
import time
import unittest
from types import SimpleNamespace
from unittest import mock

import gevent
import gregaria
from locust import TaskSet, User, argument_parser, constant, events, task
from locust.env import Environment


class Options(unittest.TestCase):
    def setUp(self):
        self.before = events.init_command_line_parser._handlers.copy()

    def tearDown(self):
        events.init_command_line_parser._handlers[:] = self.before

    def parse(self, *args, **variables):
        with mock.patch.dict("os.environ", variables):
            return argument_parser.get_parser(default_config_files=[]).parse_args(args)

    def test_wanted(self):
        for args, variables, want in (
            ((), {}, (None, "constant")),
            (("--rate", "50"), {}, (50.0, "constant")),
            (("--gregaria-rate", "0.5", "--gregaria-arrivals", "poisson"), {}, (0.5, "poisson")),
            ((), {"LOCUST_RATE": "7", "LOCUST_ARRIVALS": "poisson"}, (7.0, "poisson")),
            (("--rate", ""), {}, (None, "constant")),
        ):
            self.assertEqual(gregaria.wanted(self.parse(*args, **variables)), want, args)

    def test_wrong(self):
        for args, said in (
            (("--rate", "fast"), "argument --rate/--gregaria-rate: 'fast' is no rate: give a number of tasks a second above 0 and not above a million, such as 50"),
            (("--rate", "0"), "'0' is no rate"),
            (("--rate=-3",), "'-3' is no rate"),
            (("--rate", "nan"), "'nan' is no rate"),
            (("--rate", "inf"), "'inf' is no rate"),
            (("--arrivals", "burst"), "invalid choice: 'burst'"),
        ):
            text = io.StringIO()
            with contextlib.redirect_stderr(text), self.assertRaises(SystemExit) as end:
                self.parse(*args)
            self.assertEqual(end.exception.code, 2)
            self.assertIn(said, text.getvalue())

    def test_a_locustfiles_own_rate(self):
        """A listener that comes later than ours, as of a locustfile that is loaded later, has the name."""

        @events.init_command_line_parser.add_listener
        def own(parser, **_):
            parser.add_argument("--rate", type=int, default=3)

        options = self.parse("--rate", "9", "--gregaria-rate", "50", "--arrivals", "poisson")
        self.assertEqual((options.rate, gregaria.wanted(options)), (9, (50.0, "poisson")))
        self.assertEqual(gregaria.wanted(self.parse("--rate", "9")), (None, "constant"))

    def test_the_form_of_the_web_ui(self):
        shown = argument_parser.ui_extra_args_dict([])
        self.assertEqual(shown["rate"]["default_value"], "")
        self.assertEqual((shown["arrivals"]["default_value"], shown["arrivals"]["choices"]), ("constant", ["constant", "poisson"]))


class Master(unittest.TestCase):
    """The shares of workers, with a runner of the test's own."""

    def setUp(self):
        self.environment = Environment(events=None, parsed_options=SimpleNamespace(rate="100", arrivals="constant"))
        self.sent = []
        self.environment.runner = SimpleNamespace(
            clients=SimpleNamespace(all=[]), target_user_count=10, spawning_completed=False, state="spawning",
            register_message=lambda *_: None, send_message=lambda kind, data, worker: self.sent.append((worker, data)),
        )
        with mock.patch.object(gregaria.gevent, "spawn"):
            self.shares = gregaria.Shares(self.environment)
            self.shares.begin()

    def workers(self, **users):
        self.environment.runner.clients.all = [
            SimpleNamespace(id=name, state="running", user_classes_count={"A": count}) for name, count in users.items()
        ]

    def look(self):
        del self.sent[:]
        self.shares.look()
        return {worker: (plan["rate"], plan["low"], plan["high"]) for worker, plan in self.sent}

    def test_shares(self):
        self.assertEqual(self.environment.parsed_options.gregaria_rate, 100.0)
        self.workers(a=1, b=4)
        self.assertEqual(self.look(), {"a": (50.0, 0.0, 0.2), "b": (50.0, 0.2, 1.0)})  # half of the users are spawned
        self.assertEqual(self.look(), {})  # nothing is new
        self.workers(a=2, b=8)
        self.assertEqual(self.look(), {"a": (100.0, 0.0, 0.2), "b": (100.0, 0.2, 1.0)})
        self.environment.runner.spawning_completed = True
        self.workers(a=2)  # the other one is gone
        self.assertEqual(self.look(), {"a": (100.0, 0.0, 1.0)})
        self.workers(a=2, c=0)
        self.assertEqual(self.look(), {"a": (100.0, 0.0, 1.0), "c": (100.0, 1.0, 1.0)})
        self.environment.parsed_options.rate = "50"  # in the form, while the test runs
        self.assertEqual(self.look()["a"][0], 50.0)
        for wrong, words in (("", "--rate is empty now: this test keeps its 50 tasks a second"), ("fast", "'fast' is no rate")):
            self.environment.parsed_options.rate = wrong
            with self.assertLogs("gregaria", "WARNING") as said:
                self.assertEqual(self.look(), {})
                self.look()
            self.assertEqual(len(said.output), 1)
            self.assertIn(words, said.output[0])

    def test_later_users_do_not_lower_it(self):
        """A shape, or who edits the number of users: those of the beginning are there, so somebody does each task."""
        self.workers(a=10)
        self.environment.runner.spawning_completed = True
        self.assertEqual(self.look(), {"a": (100.0, 0.0, 1.0)})
        self.environment.runner.spawning_completed = False
        self.environment.runner.target_user_count = 40
        self.workers(a=10, b=6)
        self.assertEqual(self.look(), {"a": (100.0, 0.0, 0.625), "b": (100.0, 0.625, 1.0)})
        self.shares.begin()
        self.assertEqual(self.look()["a"][0], 40.0)  # the next test begins as the first one did

    def test_a_worker_that_is_killed(self):
        self.environment.runner.spawning_completed = True
        now = 1000.0
        with mock.patch.object(gregaria.time, "monotonic", lambda: now):
            self.workers(a=3, b=1, c=1)
            self.look()
            for worker, last in (("a", False), ("b", False), ("c", True)):
                self.shares.hear(SimpleNamespace(node_id=worker, data=dict(gregaria.count_of(), begun=10, last=last)))
            now += 4
            self.workers(a=3)  # c has said its last, b has not: a fifth of 100 tasks a second over 4 s
            self.assertEqual(self.look(), {"a": (100.0, 0.0, 1.0)})
            now += 4
            self.look()
        with self.assertLogs("gregaria", "INFO") as said:
            self.shares.sum_up()
        self.assertIn("--rate: 30 tasks were due, 0 of them began late, by up to 0.0 s; 0 never began; about 80 more were those of workers", said.output[0])
        self.shares.hear(SimpleNamespace(node_id="b", data=dict(gregaria.count_of(), begun=70)))  # its link was cut for a while
        with self.assertLogs("gregaria", "INFO") as said:
            self.shares.sum_up()
        self.assertTrue(said.output[0].endswith("0 never began"), said.output[0])

    def test_a_worker_of_a_master_that_was_killed(self):
        with mock.patch.object(gregaria.gevent, "spawn"):
            gregaria.Shares(self.environment).hear(SimpleNamespace(node_id="old", data=gregaria.count_of()))

    def test_a_new_plan_goes_on_where_the_old_one_is(self):
        self.environment.runner.spawning_completed = True
        dealer, due = gregaria.Dealer(), []
        for users in ({"a": 1}, {"a": 3}, {"a": 3, "b": 0}, {"a": 7}):
            self.workers(**users)
            self.look()
            dealer.add(dict(self.sent[0][1]))
            while dealer.due < self.shares.start + 0.25:
                due.append(dealer.take())
            gevent.sleep(0.25)
        gaps = [b - a for a, b in zip(due, due[1:])]
        self.assertGreater(len(gaps), 50)
        self.assertAlmostEqual(min(gaps), 0.01, places=4)
        self.assertAlmostEqual(max(gaps), 0.01, places=4)

    def test_a_worker_that_does_not_keep_it(self):
        self.environment.runner.spawning_completed = True
        self.workers(old=5, new=5)
        self.assertEqual(self.look(), {"new": (100.0, 0.0, 0.5), "old": (100.0, 0.5, 1.0)})
        self.shares.hear(SimpleNamespace(node_id="new", data=gregaria.count_of()))
        with mock.patch.object(gregaria.time, "monotonic", lambda: time.perf_counter() + 1e6), self.assertLogs("gregaria", "WARNING") as said:
            self.assertEqual(self.look(), {"new": (100.0, 0.0, 1.0), "old": (100.0, 1.0, 1.0)})
        self.assertIn("the worker old does not keep --rate", said.output[0])

    def test_too_few_users_are_said(self):
        self.environment.runner.spawning_completed = True
        self.workers(a=5)
        self.look()
        self.shares.hear(SimpleNamespace(node_id="a", data=dict(gregaria.count_of(), begun=60, late=55, latest=4.25, ended=50, busy=10.0, missed=40)))
        with self.assertLogs("gregaria", "WARNING") as said:
            self.shares.sum_up()
        self.assertIn("--rate: 100 tasks were due, 55 of them began late, by up to 4.2 s; 40 never began; "
                      "5 users are too few, 20 would have been enough (100 tasks a second of 0.200 s)", said.output[0])

    def test_off(self):
        self.environment.parsed_options.rate = ""
        self.shares.begin()
        self.assertIsNone(self.environment.parsed_options.gregaria_rate)
        self.assertIsNone(self.shares.following)


class Turns(unittest.TestCase):
    """Users of Locust's own in this process, whose runner has no workers."""

    def run_users(self, users, rate, seconds, arrivals="constant", body=lambda user: None):
        began = []

        class Inner(TaskSet):
            @task
            def leave(self):
                began.append(time.time())
                body(self.user)
                self.interrupt()

        class U(User):
            wait_time = constant(1000)
            tasks = [Inner]

            @task
            def mine(self):
                began.append(time.time())
                body(self)

        environment = Environment(user_classes=[U], events=locust.event.Events(), parsed_options=SimpleNamespace(rate=str(rate), arrivals=arrivals))
        environment.create_local_runner()
        gregaria.keep_rate(environment, environment.runner)
        stock = TaskSet.__dict__["execute_task"], TaskSet.__dict__["wait"]
        with self.assertLogs("gregaria") as self.said:
            environment.runner.start(users, users)
            gevent.sleep(seconds)
            environment.runner.stop()
            gevent.sleep(0.6)
        self.assertEqual((TaskSet.__dict__["execute_task"], TaskSet.__dict__["wait"]), stock)
        return began

    def test_rate(self):
        began = self.run_users(10, 50, 4)
        self.assertLess(len(began) - 50 * (began[-1] - began[0]), 15)  # fewer are those of a busy machine
        self.assertGreater(len(began), 100)
        self.assertIn("tasks were due", self.said.output[-1])

    def test_a_busy_process(self):
        """Whose greenlets hold the core for 25 ms, so that each timer is late: the rate is kept, though tasks begin a bit late."""
        def hold():
            while True:
                until = time.perf_counter() + 0.025
                while time.perf_counter() < until:
                    pass
                gevent.sleep(0.0001)

        holder = gevent.spawn(hold)
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            began = self.run_users(20, 200, 5)
        finally:
            holder.kill()
        share = (time.process_time() - cpu) / (time.perf_counter() - wall)  # of a core: less than 1 beside other processes
        self.assertGreater(len(began), 800 * share)

    def test_users_are_too_few(self):
        began = self.run_users(2, 50, 3, body=lambda user: gevent.sleep(0.1))
        self.assertLess(len(began), 65)
        self.assertRegex(self.said.output[-1], r"2 users are too few, ([5-9]|1\d) would have been enough")

    def test_a_task_that_waits_begins_anew(self):
        def body(user):
            user.wait()
            waited.append(time.time())

        waited = []
        began = self.run_users(10, 50, 3, body=body)
        turns = len(began) + len(waited)
        self.assertLess(turns - 50 * (began[-1] - began[0]), 25)
        self.assertGreater(turns, 80)
        self.assertGreater(len(waited), 30)


if __name__ == "__main__":
    unittest.main()
