# Places that no proxy counts for, while others have one: run by CPython for the golden and by our Python. The variables of the process
# name a proxy, which says what it passed on, and NO_PROXY. base names the server, which is 127.0.0.1 without and localhost with the proxy.
import os
import requests

near = base
far = base.replace("127.0.0.1", "localhost")
port = base.rpartition(":")[2]


def case(name, f):
    try:
        print(name, "->", str(f()).replace(port, "PORT"))
    except Exception as e:
        print(name, "RAISES", type(e).__name__, str(e).replace(port, "PORT"))


def shown(r):
    return (r.status_code, r.text, r.url, [(h.status_code, h.url, h.history, h.next) for h in r.history], r.next and r.next.url, dict(r.cookies),
            type(r.connection).__name__)


session = requests.Session()
for name, get in (("requests", requests.get), ("session", session.get)):
    case(name + ", near", lambda: shown(get(near + "/a?b=c")))
    case(name + ", far", lambda: shown(get(far + "/a")))
    case(name + ", near to near", lambda: shown(get(near + "/to?" + near + "/x")))
    case(name + ", near to far", lambda: shown(get(near + "/to?" + far + "/x")))
    case(name + ", near to near to far", lambda: shown(get(near + "/to?" + near + "/to?" + far + "/x")))
    case(name + ", far to near", lambda: shown(get(far + "/to?" + near + "/x")))
    case(name + ", not followed", lambda: shown(get(near + "/to?" + far + "/x", allow_redirects=False)))
    case(name + ", streamed", lambda: shown(get(near + "/to?" + far + "/x", stream=True)))
case("head", lambda: shown(session.head(near + "/to?" + far + "/x")))
case("head, followed", lambda: shown(session.head(near + "/to?" + near + "/x", allow_redirects=True)))
case("post", lambda: shown(session.post(near + "/to?" + far + "/x", data={"a": 1})))
case("cookies", lambda: sorted(session.cookies.items()))
session.max_redirects = 1
case("too many", lambda: shown(session.get(near + "/to?" + near + "/to?" + near + "/x")))
session.max_redirects = 0
case("none", lambda: shown(session.get(near + "/to?" + near + "/x")))
case("none needed", lambda: shown(session.get(near + "/x")))
session = requests.Session()
session.trust_env = False
case("not trusted", lambda: shown(session.get(far + "/a")))
session = requests.Session()
session.proxies = {"http": os.environ["http_proxy"]}
case("proxies of the session", lambda: shown(session.get(near + "/a")))
case("proxies of the call", lambda: shown(requests.get(near + "/a", proxies={"http": os.environ["http_proxy"]})))
case("no proxies of the call", lambda: shown(requests.get(far + "/a", proxies={"no_proxy": "localhost"})))
case("refused", lambda: requests.get("http://127.0.0.1:1/x"))
case("nothing", lambda: requests.get("http:///x"))
os.environ["no_proxy"] = "localhost,.internal"
case("the other way, near", lambda: shown(requests.get(near + "/a")))
case("the other way, far", lambda: shown(requests.get(far + "/a")))
os.environ["no_proxy"] = "*"
case("nowhere", lambda: shown(requests.get(far + "/a")))
os.environ["no_proxy"] = "127.0.0.0/8"
case("a network", lambda: shown(requests.get(near + "/a")))
os.environ["no_proxy"] = f"127.0.0.1:{port}"
case("a port", lambda: shown(requests.get(near + "/a")))
