import hashlib, io, time
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
for n in ("shake_128", "shake_256"):
    h = getattr(hashlib, n)(b"abc"); h.update(b"def"); c = h.copy(); c.update(b"x")
    print(h.hexdigest(20), h.digest(5), c.hexdigest(8), h.name, h.block_size, h.digest_size, hashlib.new(n, b"abcdef").hexdigest(20) == h.hexdigest(20), h.hexdigest(0), n in hashlib.algorithms_guaranteed); show(h.update, "s")
print(hashlib.file_digest(io.BytesIO(b"x" * 300000), "sha256").hexdigest(), hashlib.file_digest(io.BytesIO(b"abc"), hashlib.md5).hexdigest()); show(hashlib.file_digest, io.BytesIO(b""), "nope")
print(time.timezone, time.altzone, time.daylight, time.tzname, time.CLOCK_MONOTONIC, time.clock_gettime(time.CLOCK_REALTIME) > 1e9, type(time.clock_gettime_ns(time.CLOCK_MONOTONIC)), 0 < time.clock_getres(time.CLOCK_MONOTONIC) < 1, time.tzset())
a = time.process_time(); n = sum(range(200000)); b = time.process_time(); print(0 < b - a < 5, type(time.process_time_ns()), time.thread_time() > 0, type(time.thread_time_ns())); show(time.clock_gettime, 999)
