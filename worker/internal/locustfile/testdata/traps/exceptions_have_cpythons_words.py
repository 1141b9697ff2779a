from locust import HttpUser, task


def none(): return None["key"]
def index(): return [1][5]
def number(): return int("x")
def key(): return {"a": 1}["b"]
def attr(): return "text".nothing
def call(): return (5)()
def args(): return none(1)
def keyword(): return sorted([1], nothing=2)
def unpack(): a, b = [1, 2, 3]
def unpack_less(): a, b, c = [1, 2]
def add(): return "a" + 1
def compare(): return 1 < "a"
def floats(): return float("abc")
def undefined(): return not_defined
def local():
    print(value)
    value = 1
def iterate():
    for x in 5: pass
def decode(): return b"\xff".decode("utf-8")
def encode(): return "ü".encode("ascii")
def length(): return len(5)
def missing(): return open("no/such/file.txt")
def importing(): import no_such_module
def from_import(): from helpers import nothing
def join(): return ",".join([1, 2])
def fmt(): return "%d" % "x"
def remove(): return [1].remove(2)
def pop(): return [].pop()
def nxt(): return next(iter([]))
def recursion(): return recursion()
def modulo(): return 5 % 0
def fdiv(): return 5.0 / 0
def subscript(): return 5[0]
def setitem(): "abc"[0] = "x"
def strptime():
    from datetime import datetime
    return datetime.strptime("x", "%Y")
def choice():
    import random
    return random.choice([])
def randint():
    import random
    return random.randint(5, 1)


TESTS = [none, index, number, key, attr, call, args, keyword, unpack, unpack_less, add, compare, floats, undefined, local, iterate, decode, encode, length,
         missing, importing, from_import, join, fmt, remove, pop, nxt, modulo, fdiv, subscript, setitem, strptime, choice, randint]


class U(HttpUser):
    @task
    def t(self):
        for f in TESTS:
            with self.client.get("/plain", name=f.__name__, catch_response=True) as r:
                try:
                    f()
                except Exception as e:
                    r.failure(f"{type(e).__name__}: {e} {e!r}")
        try:
            recursion()
        except RecursionError as e:
            print(e)
