from __future__ import annotations
import os, os.path, string, math, uuid, io, base64, re, itertools, functools, collections, hashlib, copy, csv, enum, abc, contextlib, urllib.parse, sys, logging, threading, queue, operator, statistics
from typing import List, Optional, Dict, Any
from dataclasses import dataclass, field, asdict
from collections import defaultdict, Counter, deque, namedtuple, OrderedDict
from pathlib import Path
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
print(os.path.join("a", "b", "/c", "d"), os.path.basename("/a/b.txt"), os.path.dirname("/a/b"), os.path.splitext("x.tar.gz"), os.getenv("NOPE_X", "d"), os.environ.get("NOPE_X"))
show(lambda: os.environ["NOPE_X"]); show(lambda: open("/nonexistent/x")); show(lambda: math.sqrt(-1)); show(lambda: math.floor(-1.5)); show(lambda: math.ceil(1.2)); show(lambda: math.log(100, 10)); show(lambda: math.factorial(20)); show(lambda: math.gcd(12, 18)); show(lambda: math.pi); show(lambda: math.isclose(0.1 + 0.2, 0.3)); show(lambda: math.log(0)); show(lambda: math.sqrt("x"))
print(string.ascii_letters, string.digits, len(str(uuid.uuid4())), uuid.UUID("12345678123456781234567812345678"), uuid.uuid4().version)
b = io.BytesIO(b"abc\ndef"); print(b.read(2), b.readline(), b.read(), b.getvalue()); s = io.StringIO(); s.write("x"); print("y", file=s); print(repr(s.getvalue())); print([l for l in io.StringIO("a\nb\n")])
print(base64.b64encode(b"hello"), base64.b64decode("aGVsbG8="), base64.urlsafe_b64encode(b"\xff\xfe")); show(lambda: base64.b64decode("abc"))
print(re.findall(r"\d+", "a1b22"), re.sub(r"(\w)-(\w)", r"\2-\1", "a-b"), re.match(r"(?P<x>\w+) (\w+)", "hi you").groupdict(), re.search("x", "abc"), re.split(r"[,;]\s*", "a, b;c"), re.compile("a.c", re.I).fullmatch("ABC").group(), re.search(r'name="csrf" value="(.+?)"', '<input name="csrf" value="tok">').group(1), re.sub("a", lambda m: m.group().upper(), "banana", 2))
print(list(itertools.islice(itertools.cycle([1, 2]), 5)), list(itertools.chain([1], "a")), list(itertools.product("ab", [1, 2])), list(itertools.combinations(range(4), 2))[:3], next(itertools.count(5)), [(k, list(g)) for k, g in itertools.groupby("aab")], list(itertools.accumulate([1, 2, 3])), list(itertools.zip_longest([1], [2, 3])))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.partial(int, base=2)("101"), fib.__name__)
dd = defaultdict(list); dd["a"].append(1); print(dd, Counter("abca").most_common(1), Counter("ab") + Counter("b"), deque([1, 2, 3], maxlen=2), OrderedDict(a=1)["a"])
P = namedtuple("P", "x y"); p = P(1, y=2); print(p, p.x, p._replace(x=5), p == (1, 2), p._asdict()); show(lambda: P(1))
print(hashlib.md5(b"a").hexdigest(), hashlib.sha256("é".encode()).hexdigest()[:10], copy.deepcopy({"a": [1]}), copy.copy([1]))
print(list(csv.reader(io.StringIO('a,"b,c"\n1,2\n'))), [dict(r) for r in csv.DictReader(io.StringIO("x,y\n1,2\n"))]); o = io.StringIO(); csv.writer(o).writerow([1, "a,b", None]); print(repr(o.getvalue()))
class Color(enum.Enum):
    RED = 1
    GREEN = "g"
print(Color.RED, repr(Color.GREEN), Color(1), Color["RED"].value, Color.RED.name, list(Color), Color.RED == Color.RED, Color.RED is Color(1)); show(lambda: Color(9))
class Role(str, enum.Enum):
    A = "admin"
print(Role.A == "admin", Role.A.value, Role("admin"))
@dataclass
class Item:
    name: str
    price: float = 1.5
    tags: List[str] = field(default_factory=list)
    def total(self) -> float: return self.price * 2
i = Item("x"); print(i, i.total(), i == Item("x"), asdict(i)); show(lambda: Item())
@dataclass(frozen=True, order=True)
class Fr:
    a: int
show(lambda: setattr(Fr(1), "a", 2)); print(Fr(1) < Fr(2), {Fr(1): 1}[Fr(1)])
class Ab(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
class Im(Ab):
    def f(self): return 1
show(lambda: Ab()); print(Im().f())
@contextlib.contextmanager
def cm(x):
    print("in"); 
    try: yield x
    finally: print("out")
with cm(5) as v: print(v)
with contextlib.suppress(KeyError): {}["x"]
print(urllib.parse.quote("a b/é?"), urllib.parse.urlencode({"a": "x y", "b": [1, 2]}, doseq=True), urllib.parse.urlparse("http://h:80/p;x?q=1#f"), urllib.parse.parse_qs("a=1&a=2"), urllib.parse.urljoin("http://a/b/c", "../d"), urllib.parse.unquote("%C3%A9+"))
print(Path("a") / "b.txt", Path("/x/y.tar.gz").suffix, Path("/x/y.txt").stem, Path("/x/y").parent, Path("a/b").name)
q = queue.Queue(); q.put(1); print(q.get(), q.empty()); show(lambda: q.get_nowait())
lock = threading.Lock()
with lock: print(lock.locked())
print(sorted([{"a": 2}, {"a": 1}], key=operator.itemgetter("a")), statistics.mean([1, 2, 3, 4]), statistics.median([1, 3, 2]))
log = logging.getLogger("my.log"); logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(name)s %(message)s %(lineno)d")
log.info("hello %s %d", "w", 5); log.debug("no")
try: 1 / 0
except ZeroDivisionError: log.exception("boom")
import traceback
def lvl2(): return {}["k"]
try: lvl2()
except KeyError as e: print("".join(traceback.format_tb(e.__traceback__)), traceback.format_exc())
sys.exit(3)
