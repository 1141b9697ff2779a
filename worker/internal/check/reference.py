"""Write reference.txt: the names that CPython 3.11, Locust, requests and what locustfiles import with them have.

Run it with a Python that has them installed:  python reference.py > reference.txt
A line is a kind, a dotted name, a colon and names:
  module M: what it documents          also M: what else lies in it
  class C: attributes of the class     instance C: further attributes of its objects
  keywords F: what a function takes by keyword ("**" if anything)
  event E: the keywords it is fired with
"""

import builtins
import importlib
import inspect
import re
import sys
import types

STDLIB = """
__future__ _thread abc argparse asyncio base64 binascii bisect builtins calendar collections collections.abc concurrent concurrent.futures
configparser contextlib copy csv dataclasses datetime decimal difflib enum errno fnmatch fractions functools gc getpass glob gzip hashlib
heapq hmac html html.parser http http.client http.cookiejar http.cookies importlib importlib.util inspect io ipaddress itertools json
json.decoder json.encoder locale logging logging.config logging.handlers math mimetypes multiprocessing numbers operator os os.path pathlib
pickle platform pprint queue random re secrets select shlex shutil signal socket sqlite3 ssl statistics string struct subprocess sys tarfile
tempfile textwrap threading time timeit tomllib traceback types typing unicodedata urllib urllib.error urllib.parse urllib.request
urllib.response uuid warnings weakref xml xml.etree xml.etree.ElementTree zipfile zlib zoneinfo
""".split()

THIRD = """
locust locust.argument_parser locust.clients locust.contrib locust.contrib.fasthttp locust.debug locust.dispatch locust.env locust.event
locust.exception locust.log locust.main locust.runners locust.shape locust.stats locust.user locust.user.markov_taskset
locust.user.sequential_taskset locust.user.task locust.user.users locust.user.wait_time locust.util locust.web
requests requests.adapters requests.auth requests.cookies requests.exceptions requests.models requests.sessions requests.status_codes
requests.structures requests.utils requests.packages urllib3 urllib3.exceptions urllib3.util urllib3.util.retry
gevent gevent.event gevent.lock gevent.pool gevent.queue gevent.monkey gevent.hub gevent.timeout gevent.local gevent.greenlet gevent.exceptions gevent.threadpool greenlet
websocket typing_extensions
""".split()


def public(names):
    return [n for n in sorted(set(names)) if not n.startswith("_") and n.isidentifier()]


def line(kind, name, names):
    if names:
        print(f"{kind} {name}:", *names)


def keywords(fn):
    try:
        params = inspect.signature(fn).parameters.values()
    except (ValueError, TypeError):
        return []
    names = [p.name for p in params if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    if any(p.kind is p.VAR_KEYWORD for p in params):
        names.append("**")
    return names or ["-"]


# What inspect cannot see of functions in C.
UNSEEN = {
    "builtins.print": "sep end file flush", "builtins.max": "key default", "builtins.min": "key default", "builtins.int": "base",
    "builtins.str": "object encoding errors", "builtins.bytes": "source encoding errors", "builtins.dict": "**", "builtins.zip": "strict",
    "builtins.bytearray": "source encoding errors", "builtins.type": "**", "itertools.cycle": "-", "itertools.chain": "-",
    "time.sleep": "seconds ref",  # gevent's
}


def module(name):
    try:
        m = importlib.import_module(name)
    except ImportError as e:
        print(f"skipped {name}: {e}", file=sys.stderr)
        return
    documented = getattr(m, "__all__", None)
    if documented is None:
        documented = [n for n, v in vars(m).items() if not isinstance(v, types.ModuleType) and getattr(v, "__module__", name) in (name, None, "builtins")]
        documented += [n for n, v in vars(m).items() if isinstance(v, types.ModuleType) and v.__name__ == f"{name}.{n}"]
    documented = public(documented)
    line("module", name, documented or ["-"])
    line("also", name, public(set(dir(m)) - set(documented)))
    for n in documented:
        v = getattr(m, n, None)
        if isinstance(v, type):
            klass(f"{name}.{n}", v)
        if callable(v):
            line("keywords", f"{name}.{n}", UNSEEN.get(f"{name}.{n}", "").split() or keywords(v))


def klass(name, c):
    names = set(dir(c))
    if issubclass(c, BaseException):  # what all exceptions have stands once, under builtins.BaseException
        names -= set(dir(BaseException))
        names |= {"args"}
    line("class", name, public(names))


def instances():
    """Objects of the classes that locustfiles touch most, for the attributes that only objects have."""
    import requests
    from locust import FastHttpUser, HttpUser, LoadTestShape, MarkovTaskSet, SequentialTaskSet, TaskSet, User
    from locust.clients import HttpSession, ResponseContextManager
    from locust.contrib import fasthttp
    from locust.env import Environment
    from locust.runners import LocalRunner, MasterRunner, WorkerRunner
    from locust.stats import RequestStats, StatsEntry

    env = Environment()
    out = {"locust.env.Environment": env, "locust.event.Events": env.events}
    for c in User, HttpUser, FastHttpUser:
        c = type(c.__name__, (c,), {"host": "http://localhost"})
        out[f"locust.{c.__name__}"] = user = c(env)
    for c in TaskSet, SequentialTaskSet:
        out[f"locust.{c.__name__}"] = type(c.__name__, (c,), {})(user)
    out["locust.clients.HttpSession"] = HttpSession("http://localhost", env.events.request, None)
    out["locust.contrib.fasthttp.FastHttpSession"] = user.client
    out["locust.stats.RequestStats"] = stats = RequestStats()
    out["locust.stats.StatsEntry"] = StatsEntry(stats, "n", "GET")
    out["requests.Response"] = out["locust.clients.ResponseContextManager"] = requests.Response()
    out["requests.Session"] = requests.Session()
    klass("locust.MarkovTaskSet", MarkovTaskSet)
    klass("locust.LoadTestShape", LoadTestShape)
    for c in User, HttpUser, FastHttpUser, TaskSet, SequentialTaskSet, Environment, HttpSession, ResponseContextManager, RequestStats, StatsEntry:
        assigned(c)
    for c in LocalRunner, MasterRunner, WorkerRunner:
        klass(f"locust.runners.{c.__name__}", c)
        assigned(c)
    klass("locust.contrib.fasthttp.ResponseContextManager", fasthttp.ResponseContextManager)
    assigned(fasthttp.ResponseContextManager)
    assigned(fasthttp.FastResponse)
    line("instance", "locust.contrib.fasthttp.FastResponse", ["js"])  # self.rest adds it
    for name, o in out.items():
        line("instance", name, public(set(dir(o)) - set(dir(type(o)))))


def assigned(cls):
    """The attributes that the methods of a class assign."""
    names = set()
    for c in cls.__mro__:
        try:
            names.update(re.findall(r"self\.(\w+)\s*(?::[^=\n]+)?=[^=]", inspect.getsource(c)))
        except (OSError, TypeError):
            pass
        names.update(vars(c).get("__annotations__", {}))
    line("instance", f"{cls.__module__}.{cls.__qualname__}", public(names - set(dir(cls))))


def clients():
    """The keywords of self.client.get and its like: their signatures hide behind **kwargs."""
    import requests
    from geventhttpclient.useragent import UserAgent
    from locust.clients import HttpSession
    from locust.contrib.fasthttp import FastHttpSession

    def names(*fns):
        return sorted({n for f in fns for n in keywords(f)} - {"self", "method", "to_string", "debug_stream", "payload", "kwargs", "**"})

    line("keywords", "client.http", names(HttpSession.request, requests.Session.request))
    line("keywords", "client.fast", names(FastHttpSession.request, UserAgent.urlopen))


def events():
    """The keywords of each event stand in the documentation of locust.event.Events; a few more are in the calls of fire."""
    from locust import event

    source = inspect.getsource(event.Events)
    for name, doc in re.findall(r'    (\w+): EventHook\n    """(.*?)"""', source, re.S):
        words = re.findall(r":param (\w+):", doc)
        more = {"request": ["start_time", "url"], "init": ["runner", "web_ui"]}.get(name, [])
        line("event", name, words + more or ["-"])


def builtin_types():
    for n in public(dir(builtins)):
        v = getattr(builtins, n)
        if isinstance(v, type):
            klass(f"builtins.{n}", v)
    line("class", "builtins.BaseException", public(dir(BaseException)))
    for name, v in {
        "generator": (x for x in ()), "function": events, "method": "".join, "traceback": None, "match": re.match("", ""), "file": sys.stdout,
        "dict_keys": {}.keys(), "code": events.__code__, "buffered": sys.stdout.buffer,
    }.items():
        klass(f"builtins.{name}", type(v))


def submodules():
    """The submodules that Locust has imported, where a module line does not name them (worker/internal/locustfile/submodules.py)."""
    with open("../locustfile/submodules.txt") as f:
        for package, names in (row.split(":") for row in f):
            if package in STDLIB + THIRD:
                line("also", package, names.split())


def main():
    submodules()
    for name in STDLIB + THIRD:
        module(name)
    builtin_types()
    instances()
    clients()
    events()


main()
