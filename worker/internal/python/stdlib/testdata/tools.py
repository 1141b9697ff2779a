import bisect
import heapq
import itertools
import logging
import logging.config
import logging.handlers
import operator
import os
import queue
import statistics
import sys
import tempfile

data = [5, 3, 8, 1, 9, 2, 7, 7, 0]
h = list(data)
heapq.heapify(h)
print(h, heapq.heappop(h), h, heapq.heapreplace(h, 4), h, heapq.heappushpop(h, 6), h)
for x in data:
    heapq.heappush(h, x)
print(h, [heapq.heappop(h) for _ in range(5)], heapq.nlargest(3, data), heapq.nsmallest(2, data, key=lambda x: -x), list(heapq.merge([1, 4], [2, 3])))
a = [1, 2, 2, 3]
bisect.insort_left(a, 2)
bisect.insort(a, 5)
print(a, bisect.bisect_left(a, 2), bisect.bisect(a, 2))
print(statistics.mean([1, 2, 3]), statistics.fmean([1, 2, 3]), statistics.median_low([1, 2, 3, 4]), statistics.median_high([1, 2, 3, 4]), statistics.mode("aabbb"), statistics.multimode([1, 1, 2, 2]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.quantiles(range(100), n=10), statistics.quantiles([1, 5, 9], n=4, method="inclusive"), statistics.pvariance([1, 2, 3, 4]), statistics.pvariance([1.5, 2.5]), round(statistics.harmonic_mean([40, 60]), 6), round(statistics.geometric_mean([1, 10, 100]), 6))
print(operator.itemgetter(1, 2)("abc"), operator.attrgetter("real", "imag")(5), operator.methodcaller("split", ",")("a,b"), operator.mod(7, 3), operator.neg(2), operator.countOf([1, 2, 1], 1), operator.not_(0), operator.abs(-3), operator.floordiv(7, 2))
print(list(itertools.combinations_with_replacement("ab", 2)))

with tempfile.TemporaryDirectory() as d:
    name = os.path.join(d, "x.log")
    r = logging.handlers.RotatingFileHandler(name, maxBytes=40, backupCount=2)
    log = logging.getLogger("rotating")
    log.propagate = False
    log.addHandler(r)
    for i in range(10):
        log.warning("message number %d", i)
    r.close()
    print({n: open(os.path.join(d, n)).read() for n in sorted(os.listdir(d))})
logging.config.dictConfig({
    "version": 1, "disable_existing_loggers": False,
    "formatters": {"f": {"format": "%(levelname)s-%(name)s-%(message)s"}, "g": {"format": "{message}!", "style": "{"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout", "level": "INFO"}, "two": {"class": "logging.StreamHandler", "formatter": "g", "stream": "ext://sys.stdout"}},
    "loggers": {"app": {"handlers": ["two"], "level": "DEBUG", "propagate": True}}, "root": {"level": "DEBUG", "handlers": ["out"]},
})
logging.getLogger("app.sub").debug("debug")
logging.getLogger("app.sub").info("info")
logging.debug("root debug")
logging.error("root error")
for bad in ({}, {"version": 2}, {"version": 1, "handlers": {"h": {"class": "logging.Nope"}}}):
    try:
        logging.config.dictConfig(bad)
    except ValueError as e:
        print(e)
m = logging.handlers.MemoryHandler(10, target=logging.getLogger().handlers[0] if logging.getLogger().handlers else None)
q = queue.Queue()
qh = logging.handlers.QueueHandler(q)
log = logging.getLogger("queued")
log.propagate = False
log.addHandler(qh)
log.error("to the queue %s", 1)
print(q.get().getMessage())
