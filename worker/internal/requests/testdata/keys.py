# Client certificates and keys that are encrypted: run by CPython for the golden and by our Python. base names the server, which says
# whose certificate it saw, and the folder of the keys, which OpenSSL 3 wrote.
import ssl
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context

server, folder = base.split(" ")
cert = folder + "/cert.pem"


def case(name, f):
    try:
        print(name, "->", f())
    except Exception as e:
        print(name, "RAISES", type(e).__name__, e.args if isinstance(e, ssl.SSLError) else str(e).replace(folder, "FOLDER"))


def load(key, *password):
    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(cert, f"{folder}/{key}.pem", *password)


class With(HTTPAdapter):
    def __init__(self, **more):
        self.more = more
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs, **self.more)


def get(cert=None, **more):
    session = requests.Session()
    session.verify = False
    if more:
        session.mount("https://", With(**more))
    return session.get(server, cert=cert).text


for key in "default aes128 des3 sha1 traditional".split():
    for password in ("secret", b"secret", bytearray(b"secret"), lambda: "secret", lambda: b"secret", "wrong", "", lambda: "wrong"):
        case(f"{key} by {type(password).__name__}", lambda: load(key, password))
case("letters beyond ASCII", lambda: load("utf8", "s\xe9cret"))
case("letters beyond ASCII as bytes", lambda: load("utf8", "s\xe9cret".encode()))
case("letters beyond ASCII in Latin-1", lambda: load("utf8", "s\xe9cret".encode("latin-1")))
case("no text", lambda: load("default", 3))
case("no text by a function", lambda: load("default", lambda: 3))
case("a function that raises", lambda: load("default", lambda: 1 / 0))
case("too long", lambda: load("default", "x" * 1025))
case("too long by a function", lambda: load("default", lambda: "x" * 1025))
case("long", lambda: load("default", "x" * 1024))
case("not needed", lambda: load("ec", "secret"))
case("not asked for", lambda: load("ec", lambda: 1 / 0))
case("no such file", lambda: load("nothing", "secret"))
context = create_urllib3_context(cert_reqs=ssl.CERT_NONE)
case("of nobody", lambda: get())
context.load_cert_chain(cert, folder + "/default.pem", "secret")
case("of a context", lambda: get(ssl_context=context))
case("of a pool", lambda: get(cert_file=cert, key_file=folder + "/aes128.pem", key_password="secret"))
case("of a pool, wrong", lambda: get(cert_file=cert, key_file=folder + "/aes128.pem", key_password="wrong"))
case("of a pool, none", lambda: get(cert_file=cert, key_file=folder + "/aes128.pem"))
case("of a request", lambda: get(cert=(cert, folder + "/ec.pem")))
case("of a request, encrypted", lambda: get(cert=(cert, folder + "/default.pem")))
case("of a request, encrypted as ever", lambda: get(cert=(cert, folder + "/traditional.pem")))
case("of a request, with a pool's password", lambda: get(cert=(cert, folder + "/default.pem"), key_password="secret"))
case("of a manager", lambda: urllib3.PoolManager(cert_reqs="CERT_NONE", cert_file=cert, key_file=folder + "/des3.pem", key_password="secret").request("GET", server).data.decode())
case("no key", lambda: get(cert=(folder + "/cert.pem", folder + "/no.pem")))
