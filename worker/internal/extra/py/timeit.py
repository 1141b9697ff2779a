# Timing of callables; text is not executed.
import time

default_timer, default_number, default_repeat = time.perf_counter, 1000000, 5


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        for what in (stmt, setup):
            if not callable(what) and what != "pass":
                raise NotImplementedError("timeit of source text is not supported: pass a callable")
        self._stmt, self._setup, self.timer = stmt, setup, timer

    def timeit(self, number=default_number):
        if callable(self._setup):
            self._setup()
        stmt, start = self._stmt if callable(self._stmt) else lambda: None, self.timer()
        for _ in range(number):
            stmt()
        return self.timer() - start

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        number = 1
        while True:
            for k in (1, 2, 5):
                taken = self.timeit(number * k)
                if callback:
                    callback(number * k, taken)
                if taken >= 0.2:
                    return number * k, taken
            number *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
