import sys, os.path
import nosuch.sub  # lacks: import of nosuch.sub: this worker has no such module
import nosuch2 as n2, json  # lacks: import of nosuch2: this worker has no such module
from statistics import mean, median  # lacks: import of median from statistics: this worker's statistics has no such name
from random import choice, nothing_like_it  # fails: ImportError: cannot import name 'nothing_like_it' from 'random': it has no such name in CPython 3.11 either
from locust import HttpUser, task, LoadTestShape, events, nope  # fails: ImportError: cannot import name 'nope' from 'locust': it has no such name in Locust 2.47 either
import os.nosuch  # lacks: import of os.nosuch: this worker's os has no such submodule
from typing import TYPE_CHECKING
from . import sibling  # fails: ImportError: attempted relative import with no known parent package: Locust imports this file alone
import nosuch_shape as ns  # placeholder: nosuch_shape
from nosuch_notes import Note  # placeholder: nosuch_notes
import nosuch_cold  # placeholder: nosuch_cold

try:
    import nosuch_fast as fast
except ImportError:
    fast = None
try:
    import nosuch_other
except ModuleNotFoundError:
    nosuch_other = None
try:
    import nosuch_bare
except:
    pass
try:
    import nosuch_value  # lacks: import of nosuch_value: this worker has no such module
except ValueError:
    pass
if TYPE_CHECKING:
    import nosuch_typing

nosuch.sub.call(n2)


class Shop(HttpUser):
    note: Note = None

    def on_start(self):
        import nosuch_inside  # lacks: import of nosuch_inside: this worker has no such module
        helper()
        nosuch_value()
        try:
            from nosuch_guarded import x
        except Exception:
            x = 1

    def typed(self, n: "nosuch_quoted.X") -> Note:
        return n


def helper():
    import nosuch_helper  # lacks: import of nosuch_helper: this worker has no such module


def never_called():
    import nosuch_never  # warns: import of nosuch_never: this worker has no such module; REMEDY (nothing that runs on a worker calls never_called)
    nosuch_cold.x()


class Steps(LoadTestShape):
    def tick(self):
        import nosuch_tick
        return ns.stage()


@events.quitting.add_listener
def report(environment, **kwargs):
    import nosuch_report  # warns: import of nosuch_report: this worker has no such module; REMEDY (only the listener of quitting does this: it fails here, and the master runs its own)


def stopped(environment, **kwargs):
    import nosuch_stopped  # warns: import of nosuch_stopped: this worker has no such module; REMEDY (nothing that runs on a worker calls stopped)


events.test_stop.add_listener(stopped)


@events.init.add_listener
def begin(environment, **kwargs):
    import nosuch_begin  # lacks: import of nosuch_begin: this worker has no such module


if __name__ == "__main__":
    import nosuch_main
    never_called()
