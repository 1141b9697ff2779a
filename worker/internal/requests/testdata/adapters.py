# Adapters of which nothing but sizes is set: run by CPython for the golden and by our Python. The servers say by which connection a
# request came, so that one sees what the sizes do. base names three servers.
import requests
from concurrent.futures import ThreadPoolExecutor
from requests.adapters import HTTPAdapter
from urllib3.poolmanager import PoolManager
from urllib3.util.retry import Retry

servers = base.split(" ")
known = {}


def case(name, f):
    try:
        print(name, "->", f())
    except Exception as e:
        print(name, "RAISES", type(e).__name__, str(e).replace(servers[0], "SERVER"))


def ways(session, *places, **kw):
    """By which connections requests to servers go, by the order in which they are first seen."""
    seen = []
    for place in places:
        number = session.get(servers[place] + "/", **kw).text
        seen.append(known.setdefault(number, len(known)))
    return [n - min(seen) for n in seen]


def mounted(*args, **kw):
    session = requests.Session()
    adapter = HTTPAdapter(*args, **kw)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session, adapter


session, adapter = mounted(pool_maxsize=50)
case("fifty", lambda: ways(session, 0, 0, 1, 0, 1))
case("what it shows", lambda: (adapter._pool_connections, adapter._pool_maxsize, adapter._pool_block, adapter.config, adapter.proxy_manager))
case("it is that of the session", lambda: [session.get_adapter(url) is adapter for url in ("http://a", "HTTPS://b", servers[0])])
case("the connection of a response", lambda: session.get(servers[0]).connection is adapter)
case("close, and on", lambda: (adapter.close(), ways(session, 0, 0, 1)))
case("session closed, and on", lambda: (session.close(), ways(session, 0, 0, 1)))
case("no hooks", lambda: ways(session, 0, 0, hooks={"response": lambda r, **kw: None}) + ways(session, 0))
case("retries", lambda: adapter.max_retries)
case("looked at", lambda: ways(session, 0, 0, 1))
case("pools", lambda: (type(adapter.poolmanager).__name__, len(adapter.poolmanager.pools)))
case("nothing else", lambda: adapter.nothing)
session, adapter = mounted(1, 1)
case("one host at a time", lambda: ways(session, 0, 0, 1, 1, 0, 1))
session, adapter = mounted(pool_connections=2)
case("two hosts at a time", lambda: ways(session, 0, 1, 0, 2, 0, 1, 2))
case("two hosts, by pools of which one is looked at", lambda: (adapter.poolmanager, ways(session, 0, 1, 0, 2, 0, 1, 2))[1])
session, adapter = mounted(pool_maxsize=1)


def at_once(n):
    with ThreadPoolExecutor(n) as pool:
        list(pool.map(lambda i: session.get(servers[0] + "/slow").status_code, range(n)))
    return len(set(session.get(servers[0] + "/").text for i in range(3)))


case("one at rest", lambda: at_once(3))
session, adapter = mounted(pool_maxsize=0)
case("none at rest is all", lambda: ways(session, 0, 0))
session, adapter = mounted(0)
case("no hosts", lambda: ways(session, 0))
session, adapter = mounted(pool_block=True, pool_maxsize=1)
case("blocking", lambda: ways(session, 0, 0, 1, 0))
one, other = requests.Session(), requests.Session()
shared = HTTPAdapter(pool_maxsize=5)
one.mount("http://", shared)
other.mount("http://", shared)
case("shared", lambda: (ways(one, 0, 1), ways(other, 0, 1), ways(one, 0)))
case("shared, one at a time", lambda: [known[session.get(servers[0] + "/").text] - known[one.get(servers[0] + "/").text] for session in (one, other, one)])
session = requests.Session()
special, usual = HTTPAdapter(pool_maxsize=2), HTTPAdapter(pool_maxsize=3)
session.mount(servers[0].upper() + "/special", special)
session.mount("http://", usual)
case("by prefix", lambda: [session.get(servers[0] + path).connection is a for path, a in (("/", usual), ("/special", special), ("/SPECIAL/x", special), ("/x/special", usual))])
case("order", lambda: [prefix.replace(servers[0].upper(), "SERVER") for prefix in session.adapters])
case("redirected to it", lambda: [(r.connection is special, [h.connection is usual for h in r.history]) for r in [session.get(servers[0] + "/to/special")]])
del session.adapters["http://"]
case("taken away", lambda: session.get(servers[0] + "/"))
case("the other is there", lambda: session.get(servers[0] + "/special").status_code)
case("redirected from it", lambda: session.get(servers[0] + "/special/to/"))
session.adapters.clear()
case("none left", lambda: session.get(servers[0] + "/special"))


class Own(HTTPAdapter):
    def send(self, request, **kw):
        print("own", sorted(kw))
        return super().send(request, **kw)


session, adapter = mounted(pool_maxsize=5)
case("before", lambda: ways(session, 0))
session.adapters["http://"] = Own()
case("put in its place", lambda: session.get(servers[0]).status_code)
session, adapter = mounted(pool_maxsize=5)
case("before", lambda: ways(session, 0))
adapter.send = lambda request, **kw: print("send", sorted(kw)) or HTTPAdapter.send(adapter, request, **kw)
case("a method replaced", lambda: session.get(servers[0]).status_code)
session, adapter = mounted(pool_maxsize=5)
case("before", lambda: session.get(servers[0] + "/fails").status_code)
adapter.max_retries = Retry(2, status_forcelist=[500], backoff_factor=0)
case("retries set", lambda: session.get(servers[0] + "/fails"))
session, adapter = mounted(pool_maxsize=5)
adapter.max_retries.status_forcelist = [500]
case("retries changed", lambda: session.get(servers[0] + "/fails"))
session, adapter = mounted(pool_maxsize=5, max_retries=0)
adapter.poolmanager.connection_pool_kw["source_address"] = ("127.0.0.5", 0)
case("pools changed", lambda: session.get(servers[0] + "/from").text)
adapter.init_poolmanager(3, 4, source_address=("127.0.0.6", 0))
case("pools made again", lambda: (session.get(servers[0] + "/from").text, adapter._pool_connections, adapter._pool_maxsize))
session, adapter = mounted(pool_maxsize=5)
adapter.poolmanager = PoolManager(source_address=("127.0.0.4", 0))
case("pools replaced", lambda: session.get(servers[0] + "/from").text)
session, adapter = mounted(pool_maxsize=5)
adapter.__class__ = Own
case("class replaced", lambda: session.get(servers[0]).status_code)
session, adapter = mounted(pool_maxsize=5)
case("before", lambda: ways(session, 0))
kept = HTTPAdapter.add_headers
HTTPAdapter.add_headers = lambda self, request, **kw: request.headers.update({"X-Added": "yes"})
case("patched", lambda: session.get(servers[0]).request.headers["X-Added"])
case("patched before", lambda: mounted(pool_maxsize=5)[0].get(servers[0]).request.headers["X-Added"])
HTTPAdapter.add_headers = kept
case("put back", lambda: "X-Added" in mounted(pool_maxsize=5)[0].get(servers[0]).request.headers)


class Pools(PoolManager):
    def connection_from_host(self, *args, **kw):
        print("asked for", kw.get("scheme"))
        return super().connection_from_host(*args, **kw)


requests.adapters.PoolManager = Pools
case("another PoolManager", lambda: mounted(pool_maxsize=5)[0].get(servers[0]).status_code)
requests.adapters.PoolManager = PoolManager
case("refused", lambda: mounted(pool_maxsize=5)[0].get("http://127.0.0.1:1/"))
r = requests.get(servers[0])
case("connection", lambda: (type(r.connection).__name__, r.connection is r.connection))
session = requests.Session()
r = session.get(servers[0] + "/to/")
case("connection of a session", lambda: (r.connection is session.adapters["http://"], r.history[0].connection is r.connection, r.connection is session.get_adapter("https://a")))
case("connections stay", lambda: ways(session, 0, 0))
r.connection = None
case("set", lambda: r.connection)
case("of nothing", lambda: requests.Response().connection)
case("of what is streamed", lambda: (lambda r: (type(r.connection).__name__, r.close()))(session.get(servers[0], stream=True)))
