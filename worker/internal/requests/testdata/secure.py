# Tunnels, certificates and where connections come from: run by CPython for the golden and by our Python. base names the server, the
# proxy and the file of the server's certificate.
import ssl
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context

server, proxy, authority = base.split(" ")
port = server.rpartition(":")[2]
way = proxy.replace("://", "://me:secret@")


def case(name, f):
    try:
        print(name, "->", f().replace(port, "PORT"))
    except Exception as e:
        print(name, "RAISES", type(e).__name__, str(e).replace(port, "PORT"))


def get(url=server + "/x?y=1", session=None, **kwargs):
    return (session or requests.Session()).get(url, **kwargs).text


class Context(HTTPAdapter):
    def __init__(self, context, **more):
        self.context, self.more = context, more
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        kwargs["ssl_context"] = self.context
        kwargs.update(self.more)
        super().init_poolmanager(*args, **kwargs)


class From(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        kwargs["source_address"] = ("127.0.0.7", 0)
        super().init_poolmanager(*args, **kwargs)


def by(adapter):
    session = requests.Session()
    session.mount("https://", adapter)
    return session


case("off", lambda: get(verify=False))
case("system", lambda: get())
case("file", lambda: get(verify=authority))
case("tunnel", lambda: get(verify=authority, proxies={"https": way}))
case("tunnel for all", lambda: get(verify=authority, proxies={"all": way}))
case("tunnel, distrusted", lambda: get(proxies={"https": way}))
case("tunnel without password", lambda: get(verify=authority, proxies={"https": proxy}))
case("tunnel to nowhere", lambda: get("https://127.0.0.1:1/", proxies={"https": way}))
case("http by proxy", lambda: get("http://host.test/a b", proxies={"http": way}))
session = requests.Session()
session.proxies, session.verify = {"https": way}, authority
case("session's", lambda: get(session=session) + get(session=session))
case("post", lambda: session.post(server + "/p", data={"a": 1}).text)
trusting = create_urllib3_context()
trusting.load_verify_locations(authority)
case("context", lambda: get(session=by(Context(trusting))))
case("context of nothing", lambda: get(session=by(Context(create_urllib3_context()))))
case("context, not verified", lambda: get(session=by(Context(create_urllib3_context())), verify=False))
careless = ssl.create_default_context()
careless.check_hostname, careless.verify_mode = False, ssl.CERT_NONE
case("context that does not verify", lambda: get(session=by(Context(careless))))
new = create_urllib3_context(ssl_minimum_version=ssl.TLSVersion.TLSv1_3)
case("context of TLS 1.3", lambda: get(session=by(Context(new)), verify=authority))
case("source", lambda: get(session=by(From()), verify=authority))
case("no such file", lambda: get(verify="/no/such/file"))
case("no such certificate", lambda: get(verify=authority, cert="/no/such/cert"))
case("http to https", lambda: get(server.replace("https", "http") + "/"))
case("https to http", lambda: get(proxy.replace("http", "https") + "/").replace(proxy.rpartition(":")[2], "PORT"))
