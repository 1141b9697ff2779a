# Proxies that are spoken to by https: run by CPython for the golden and by our Python. base names the server, the proxy and the file of
# the certificate of both.
import base64
import hashlib
import ssl
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context

server, proxy, authority = base.split(" ")
port, proxy_port = server.rpartition(":")[2], proxy.rpartition(":")[2]
way = proxy.replace("://", "://me:secret@")
fingerprint = hashlib.sha256(base64.b64decode("".join(open(authority).read().splitlines()[1:-1]))).hexdigest()


def case(name, f):
    try:
        print(name, "->", f())
    except Exception as e:
        print(name, "RAISES", type(e).__name__, str(e).replace(port, "PORT").replace(proxy_port, "PROXY"))


def get(url=server + "/x", **kw):
    return requests.get(url, proxies={"all": way}, **kw).text


class By(HTTPAdapter):
    def __init__(self, **more):
        self.more = more
        super().__init__()

    def proxy_manager_for(self, proxy, **kwargs):
        return super().proxy_manager_for(proxy, **kwargs, **self.more)


def by(url=server + "/x", verify=authority, **more):
    session = requests.Session()
    session.mount("https://", By(**more))
    session.mount("http://", By(**more))
    return session.get(url, proxies={"all": way}, verify=verify).text


def manager(url=server + "/y", **more):
    headers = {"proxy-authorization": "Basic bWU6c2VjcmV0"}
    return urllib3.ProxyManager(proxy, proxy_headers=headers, **more).request("GET", url, retries=0).data.decode()


case("trusted", lambda: get(verify=authority))
case("not verified", lambda: get(verify=False))
case("not trusted", lambda: get())
case("http, trusted", lambda: get("http://host.test/", verify=authority))
case("http, not verified", lambda: get("http://host.test/", verify=False))
case("http, not trusted", lambda: get("http://host.test/"))
trusting = create_urllib3_context()
trusting.load_verify_locations(authority)
careless = create_urllib3_context(cert_reqs=ssl.CERT_NONE)
case("a context of its own", lambda: by(proxy_ssl_context=trusting))
case("one that trusts nobody", lambda: by(proxy_ssl_context=create_urllib3_context()))
case("one that does not verify", lambda: by(proxy_ssl_context=careless))
case("the pool's context", lambda: by(ssl_context=trusting))
case("fingerprint", lambda: by(proxy_assert_fingerprint=fingerprint))
case("another's", lambda: by(proxy_assert_fingerprint="ab" * 32))
case("another's of the server", lambda: by(assert_fingerprint="ab" * 32))
case("for a name", lambda: by(proxy_assert_hostname="www.example.com"))
case("for another name", lambda: by(proxy_assert_hostname="other.test"))
case("for all names", lambda: by(proxy_assert_hostname=False))
case("http, another's", lambda: by("http://host.test/", proxy_assert_fingerprint="ab" * 32))
case("manager", lambda: manager(ca_certs=authority))
case("manager, nobody trusted", lambda: manager())
case("manager, context", lambda: manager(proxy_ssl_context=careless, ca_certs=authority))
case("manager, context of the proxy alone", lambda: manager(proxy_ssl_context=careless))
case("manager, for another name", lambda: manager(proxy_assert_hostname="other.test", ca_certs=authority))
case("manager, http", lambda: manager("http://host.test/", proxy_ssl_context=careless))
not_pem = authority + ".txt"
with open(not_pem, "w") as f:
    f.write("no certificate")
case("no PEM", lambda: get(verify=not_pem))
case("http, no PEM", lambda: get("http://host.test/", verify=not_pem))
case("no PEM as client", lambda: get(verify=authority, cert=not_pem))
case("manager, no PEM", lambda: manager(ca_certs=not_pem))
case("manager, http, no PEM", lambda: manager("http://host.test/", ca_certs=not_pem))
case("fingerprint is a number", lambda: by(proxy_assert_fingerprint=12))
case("the proxy's context does not fit", lambda: by(proxy_ssl_context=create_urllib3_context(), verify=False))
way = "https://127.0.0.1:1"
case("no PEM, no proxy", lambda: get(verify=not_pem))
case("http, no PEM, no proxy", lambda: get("http://host.test/", verify=not_pem))
way = proxy.replace("://", "://me:secret@")
case("ftp", lambda: requests.get(server, proxies={"all": "ftp://127.0.0.1:1"}))
case("manager without a scheme", lambda: urllib3.ProxyManager("localhost:8080"))
case("manager, ftp", lambda: urllib3.ProxyManager("ftp://localhost:8080"))
case("a URL of ftp", lambda: urllib3.PoolManager().request("GET", "ftp://localhost/"))
session = requests.Session()
session.mount("ftp://", HTTPAdapter())
case("an adapter for ftp", lambda: session.get("ftp://localhost/"))
