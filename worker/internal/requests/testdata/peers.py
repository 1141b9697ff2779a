# Whom a pool trusts beside the chain of certificates: run by CPython for the golden and by our Python. base names the server, a proxy
# and the file of the server's certificate.
import base64
import hashlib
import ssl
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util import assert_fingerprint
from urllib3.util.ssl_ import create_urllib3_context
from urllib3.util.ssl_match_hostname import CertificateError, match_hostname

server, proxy, authority = base.split(" ")
port = server.rpartition(":")[2]
way = proxy.replace("://", "://me:secret@")
lines = open(authority).read().splitlines()
der = base64.b64decode("".join(lines[1:-1]))
sha256, sha1, md5 = (h(der).hexdigest() for h in (hashlib.sha256, hashlib.sha1, hashlib.md5))


def case(name, f):
    try:
        print(name, "->", str(f()).replace(port, "PORT"))
    except Exception as e:
        print(name, "RAISES", type(e).__name__, str(e).replace(port, "PORT"))


class Asking(HTTPAdapter):
    def __init__(self, **more):
        self.more = more
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs, **self.more)


def get(verify=authority, proxies=None, **more):
    session = requests.Session()
    session.mount("https://", Asking(**more))
    return session.get(server + "/x", verify=verify, proxies=proxies).text


for name, print_ in (("sha256", sha256), ("sha1", sha1), ("md5", md5)):
    case(name, lambda: get(assert_fingerprint=print_))
    case(name + " with colons", lambda: get(assert_fingerprint=":".join(print_[i:i + 2] for i in range(0, len(print_), 2)).upper()))
    case(name + " of another", lambda: get(assert_fingerprint="ab" * (len(print_) // 2)))
case("fingerprint, nothing verified", lambda: get(verify=False, assert_fingerprint=sha256))
case("another's, nothing verified", lambda: get(verify=False, assert_fingerprint="00:11" * 16))
case("fingerprint, chain unknown", lambda: get(verify=True, assert_fingerprint=sha256))
case("fingerprint by tunnel", lambda: get(proxies={"https": way}, assert_fingerprint=sha256))
case("another's by tunnel", lambda: get(proxies={"https": way}, assert_fingerprint="ab" * 20))
case("too short", lambda: get(assert_fingerprint="abcd"))
case("no hexadecimal", lambda: get(assert_fingerprint="zz" * 20))
case("empty", lambda: get(assert_fingerprint=""))
case("no text", lambda: get(assert_fingerprint=12))
case("for all names", lambda: get(assert_hostname=False))
case("for a name", lambda: get(assert_hostname="example.com"))
case("for a name in capitals", lambda: get(assert_hostname="EXAMPLE.com"))
case("for a part", lambda: get(assert_hostname="www.example.com"))
case("for another name", lambda: get(assert_hostname="other.test"))
case("for another address", lambda: get(assert_hostname="127.0.0.9"))
case("for another name, nothing verified", lambda: get(verify=False, assert_hostname="other.test"))
case("as another server", lambda: get(server_hostname="example.com"))
case("as an unknown server", lambda: get(server_hostname="other.test"))
lax = create_urllib3_context()
lax.check_hostname = False
case("a context without names", lambda: get(ssl_context=lax))
case("a context without names, as an unknown server", lambda: get(ssl_context=lax, server_hostname="other.test"))
case("a context without names, none wanted", lambda: get(ssl_context=lax, server_hostname="other.test", assert_hostname=False))
case("a context with a fingerprint", lambda: get(ssl_context=create_urllib3_context(), assert_fingerprint=sha1))
case("a context with another's", lambda: get(ssl_context=create_urllib3_context(), assert_fingerprint="ab" * 16))
shared, sessions = create_urllib3_context(), []
for more in {}, {"assert_hostname": False}:
    session = requests.Session()
    session.mount("https://", Asking(ssl_context=shared, **more))
    sessions.append(session)
ports = [session.get(server + "/port", verify=authority).text for session in sessions * 3]
case("connections by a context that two sessions change", lambda: (ports[0] != ports[1], ports == ports[:2] * 3, shared.check_hostname))
case("certificates as data", lambda: get(verify=True, ca_cert_data=open(authority).read()))
case("TLS 1.2 at most", lambda: get(ssl_maximum_version=ssl.TLSVersion.TLSv1_2))
case("TLS 1.3 at least, TLS 1.2 at most", lambda: get(ssl_minimum_version=ssl.TLSVersion.TLSv1_3, ssl_maximum_version=ssl.TLSVersion.TLSv1_2))
case("manager", lambda: urllib3.PoolManager(ca_certs=authority, assert_fingerprint=sha256).request("GET", server + "/y").data.decode())
case("manager, another's", lambda: urllib3.PoolManager(ca_certs=authority, assert_fingerprint="ab" * 32, retries=False).request("GET", server + "/y"))
case("manager without retries left", lambda: urllib3.PoolManager(cert_reqs="CERT_NONE", assert_fingerprint="ab" * 32, retries=0).request("GET", server + "/y"))
case("manager, not verified", lambda: urllib3.PoolManager(cert_reqs=ssl.CERT_NONE).request("GET", server + "/y").data.decode())
case("manager, NONE", lambda: urllib3.PoolManager(cert_reqs="NONE").request("GET", server + "/y").data.decode())
case("pool", lambda: urllib3.HTTPSConnectionPool("127.0.0.1", int(port), ca_certs=authority, assert_fingerprint=md5).request("GET", "/z").data.decode())
case("pool, another's", lambda: urllib3.HTTPSConnectionPool("127.0.0.1", int(port), ca_certs=authority, assert_hostname="a.test", retries=False).request("GET", "/z"))
adapter = Asking(assert_fingerprint="ab" * 32)
session = requests.Session()
session.mount("https://", adapter)
for i in range(2):
    case("again", lambda: session.get(server + "/x", verify=authority))
adapter.poolmanager.connection_pool_kw["assert_fingerprint"] = sha256
case("changed", lambda: session.get(server + "/x", verify=authority).text)
case("the check alone", lambda: assert_fingerprint(der, sha256))
case("the check alone, another's", lambda: assert_fingerprint(der, "AB:" * 31 + "AB"))
case("the check of nothing", lambda: assert_fingerprint(None, sha256))
names = {"subjectAltName": (("DNS", "*.a.test"), ("DNS", "w*.b.test"), ("IP Address", "127.0.0.1"))}
for name in ("x.a.test", "a.test", "x.y.a.test", "www.b.test", "b.test", "127.0.0.1", "127.0.0.2"):
    case("names " + name, lambda: match_hostname(names, name))
case("two stars", lambda: match_hostname({"subjectAltName": (("DNS", "*a*.test"),)}, "xax.test"))
case("no names", lambda: match_hostname({"subject": ()}, "a.test"))
not_pem = authority + ".txt"
with open(not_pem, "w") as f:
    f.write("no certificate")
case("no PEM, short", lambda: requests.get(server, verify=not_pem))
case("no PEM", lambda: get(verify=not_pem))
case("no PEM as client", lambda: requests.get(server, verify=authority, cert=not_pem))
case("no PEM as client's key", lambda: requests.get(server, verify=authority, cert=(authority, not_pem)))
case("certificate as client's key", lambda: get(cert_file=authority, key_file=authority))
