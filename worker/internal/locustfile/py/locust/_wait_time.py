import random
from time import perf_counter

paced = None  # a function of Go's, which puts it here: it hears what a pacing asks for


def between(min_wait, max_wait):
    return lambda instance: min_wait + random.random() * (max_wait - min_wait)


def constant(wait_time):
    return lambda instance: wait_time


def constant_pacing(wait_time):
    def wait_time_func(self):
        now = perf_counter()
        took = now - self._cp_last_run - self._cp_last_wait_time
        self._cp_last_wait_time = max(0, wait_time - took)
        self._cp_last_run = now
        paced(self, wait_time, took)
        return self._cp_last_wait_time

    return wait_time_func


def constant_throughput(task_runs_per_second):
    if task_runs_per_second <= 0:
        raise ValueError(f"constant_throughput() requires a positive rate, got: {task_runs_per_second}")
    return constant_pacing(1 / task_runs_per_second)


def poisson(rate):
    if rate <= 0:
        raise ValueError(f"poisson() requires a positive rate, got: {rate}")
    return lambda instance: random.expovariate(rate)
