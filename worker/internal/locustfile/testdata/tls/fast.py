import os
import pathlib
import ssl
import warnings

import gevent.ssl
from locust.contrib.fasthttp import FastHttpSession, FastHttpUser

warnings.simplefilter("ignore")


class Event:
    def fire(self, exception=None, name=None, response=None, **kw):
        self.last = f"{name} {response.status_code} {exception!r}"


def ask(name, url, **kw):
    event = Event()
    try:
        r = FastHttpSession(url, event, None, network_timeout=3, connection_timeout=3, **kw).get("/" + name)
        print(event.last, r.text)
    except Exception as e:
        print(name, "RAISES", type(e).__name__, e)


def shown(cert=CERT, key=KEY, **kw):
    def make():
        context = ssl.create_default_context(cafile=CA)
        context.load_cert_chain(cert, key, **kw)
        return context
    return make


def with_setting(name, value, base=shown):
    def make():
        context = base()()
        setattr(context, name, value)
        return context
    return make


def calling(method, *args):
    def make():
        context = shown()()
        getattr(context, method)(*args)
        return context
    return make


ask("no-certificate", STRICT)
ask("certificate", STRICT, ssl_context_factory=shown())
ask("gevents-context", OPEN, ssl_context_factory=gevent.ssl.create_default_context)
ask("verified", STRICT, ssl_context_factory=shown(), insecure=False)
ask("takes-cafile", OPEN, ssl_context_factory=lambda cafile=None: ssl.create_default_context(cafile=CA))
ask("encrypted-key", STRICT, ssl_context_factory=shown(key=ENCRYPTED, password="pw"))
ask("wrong-password", STRICT, ssl_context_factory=shown(key=ENCRYPTED, password="no"))
ask("wrong-key", STRICT, ssl_context_factory=shown(key=OTHER))
ask("missing-file", STRICT, ssl_context_factory=shown(cert="/no/such/file"))
ask("insecure", OPEN)
ask("secure", OPEN, insecure=False)
ask("unverified", OPEN, ssl_context_factory=ssl._create_unverified_context)
ask("name-not-checked", NAMELESS, ssl_context_factory=shown())
ask("name-checked", NAMELESS, ssl_context_factory=shown(), insecure=False)
ask("only-1.2", OPEN, ssl_context_factory=with_setting("maximum_version", ssl.TLSVersion.TLSv1_2))
ask("only-1.3", OPEN, ssl_context_factory=with_setting("minimum_version", ssl.TLSVersion.TLSv1_3))
ask("old-server", OLD, ssl_context_factory=with_setting("minimum_version", ssl.TLSVersion.TLSv1_3))
ask("no-1.3", OPEN, ssl_context_factory=with_setting("options", ssl.create_default_context().options | ssl.OP_NO_TLSv1_3))
ask("cipher", OLD, ssl_context_factory=calling("set_ciphers", "ECDHE-RSA-AES256-GCM-SHA384"))
ask("no-such-cipher", OLD, ssl_context_factory=calling("set_ciphers", "NOPE"))
ask("alpn", OPEN, ssl_context_factory=calling("set_alpn_protocols", ["http/1.1"]))
ask("not-a-function", OPEN, ssl_context_factory="text")
ask("plain-server", PLAIN)
ask("closing-server", CLOSING)
print(FastHttpUser.ssl_context_factory, FastHttpUser.client_pool, FastHttpUser.insecure)


def tell(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, "RAISES", type(e).__name__, e.args)


# names that are none, files that are not there, and which of them is said first
context = ssl.create_default_context()
for name, args in {"file-number": (12,), "file-empty": ("",), "file-absent": (pathlib.Path("/no/such"),), "file-folder": (FOLDER,), "folder-number": (None, 12),
                   "folder-absent": (None, "/no/such"), "folder-empty": (None, ""), "data-number": (None, None, 12), "data-text": (None, None, "x"),
                   "data-empty": (None, None, ""), "data-no-bytes": (None, None, b""), "data-bytes": (None, None, b"x"), "nothing": (), "data-before-file": ("/no/such", None, "x"),
                   "names-before-data": ("/no/such", 12, "x"), "file-before-folder": ("/no/such", ""), "path": (pathlib.Path(CA),), "bytes": (CA.encode(), HASHED.encode())}.items():
    tell(name, lambda: context.load_verify_locations(*args))
for name, args in {"cert-none": (None,), "cert-number": (12,), "key-number": (CERT, 12), "key-number-before-cert": ("/no/such", 12), "cert-absent": ("/no/such",),
                   "key-absent": (CERT, "/no/such"), "cert-before-key": (os.devnull, "/no/such"), "paths": (pathlib.Path(CERT), pathlib.Path(KEY)),
                   "bytes": (CERT.encode(), KEY.encode())}.items():
    tell(name, lambda: context.load_cert_chain(*args))
