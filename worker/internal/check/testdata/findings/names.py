import random
import statistics
import json as j
import os
import sys
from datetime import datetime
from locust import User, task

print(statistics.mean([1]), statistics.median([1]))  # lacks: statistics.median: this worker's statistics has no such name
print(random.nothing)  # warns: module 'random' has no attribute 'nothing' in CPython 3.11 either: AttributeError
j.dumps({}).upper()
os.path.join("a", "b")
os.environ.get("X", "").strip()
datetime.now().isoformat()
datetime.nowish()  # warns: 'datetime.datetime' has no attribute 'nowish' in CPython 3.11 either: AttributeError
statistics.NormalDist.from_samples([1])  # lacks: statistics.NormalDist.from_samples: this worker's statistics.NormalDist has no such attribute
"abc".removesuffix("c").removesuffixx()  # warns: any object that this file can reach has no attribute 'removesuffixx': AttributeError
"abc".nothing()  # warns: 'str' has no attribute 'nothing' in CPython 3.11 either: AttributeError
breakpoint()  # lacks: breakpoint: this worker has no such builtin
undefined_thing  # fails: name 'undefined_thing' is not defined: NameError
if os.environ.get("MODE") or undefined_mode:  # warns: name 'undefined_mode' is not defined: NameError
    undefined_branch  # warns: name 'undefined_branch' is not defined: NameError
try:
    undefined_guess
except NameError:
    pass
late = lambda: undefined_late  # warns: name 'undefined_late' is not defined: NameError
every = [undefined_each for x in sys.argv]  # warns: name 'undefined_each' is not defined: NameError
with open("x") as opened:
    undefined_inside  # fails: name 'undefined_inside' is not defined: NameError
statistics.own = 1
statistics.own
random.Random(3).shuffle([1])
random.choices([1], k=1)
random.choices([1], count=1)  # warns: random.choices takes no keyword 'count': TypeError
statistics.fmean([1], weights=[2])  # lacks: keyword weights of statistics.fmean: this worker does not take it
print("x", end="", sep="", flush=True)
sorted([1], reverse=True, kay=None)  # warns: sorted takes no keyword 'kay': TypeError
try:
    random.maybe
except AttributeError:
    pass


class Thing(undefined_base):  # fails: name 'undefined_base' is not defined: NameError
    pass


def use(thing):
    thing.weekly()  # warns: any object that this file can reach has no attribute 'weekly': AttributeError
    thing.inv_cdf(0.5)  # lacks: attribute inv_cdf: no class of this worker has it
    thing.append(1)
    return [local for local in thing if (n := local)]


use(Thing())


class Mine(User):
    @task
    def run_it(self):
        self.started = 1
        print(self.started, self.environment, self.helper(), self.wait)
        print(self.nothing_here)  # warns: self has no attribute 'nothing_here' in Locust either: AttributeError

    def helper(self):
        global counter
        counter = 1
        match self.started:
            case [a, *rest]:
                return a, rest
            case {"k": v}:
                return v
        return counter
sys.stdout.write("x")
sys.stdout.wrote("x")  # warns: any object that this file can reach has no attribute 'wrote': AttributeError
