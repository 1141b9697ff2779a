import os
import pathlib
import ssl
import warnings

from locust import HttpUser
from locust.clients import HttpSession
from locust.env import Environment
from requests import Request, Session
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.util.ssl_ import create_urllib3_context

warnings.simplefilter("ignore")


class Event:
    last = ""

    def fire(self, exception=None, name=None, response=None, **kw):
        self.last = f"{name} {response.status_code} {type(exception).__name__} {exception}"


def session(url, **settings):
    s = HttpSession(url, Event(), None)
    for name, value in settings.items():
        setattr(s, name, value)
    return s


def ask(name, url, on=None, **kw):
    s = on or session(url)
    s.request_event.last = ""
    try:
        r = s.get("/" + name, **kw)
        print(s.request_event.last, r.text, r.ok)
    except Exception as e:
        print(name, "RAISES", type(e).__name__, e, s.request_event.last)


def with_variables(name, url, variables, **kw):
    os.environ.update(variables)
    try:
        ask(name, url, **kw)
    finally:
        for v in variables:
            del os.environ[v]


for v in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
    os.environ.pop(v, None)

# whom the client trusts
ask("nobody", OPEN)
ask("off", OPEN, verify=False)
ask("file", OPEN, verify=CA)
ask("folder", OPEN, verify=HASHED)
ask("folder-without-hashes", OPEN, verify=FOLDER)
ask("empty-folder", OPEN, verify=EMPTY)
ask("other-authority", OPEN, verify=CERT)
ask("no-certificate-in-file", OPEN, verify=KEY)
ask("empty-file", OPEN, verify=os.devnull)
ask("missing-file", OPEN, verify="/no/such/file")
ask("no-text", OPEN, verify=1)
ask("empty-text", OPEN, verify="")
ask("bundle-of-two", OPEN, verify=TWO)
ask("name", NAMELESS, verify=CA)
ask("session-file", OPEN, session(OPEN, verify=CA))
ask("session-folder", OPEN, session(OPEN, verify=HASHED))
ask("session-none", OPEN, session(OPEN, verify=None))
ask("path", OPEN, verify=pathlib.Path(CA))
ask("bytes", OPEN, verify=CA.encode())
ask("session-missing", OPEN, session(OPEN, verify="/no/such/file"))
ask("session-file-but-off", OPEN, session(OPEN, verify=CA), verify=False)
ask("session-off-but-on", OPEN, session(OPEN, verify=False), verify=True)
ask("missing-file-on-http", HTTP, verify="/no/such/file")

# what the environment says
with_variables("requests-bundle", OPEN, {"REQUESTS_CA_BUNDLE": CA})
with_variables("curl-bundle", OPEN, {"CURL_CA_BUNDLE": CA})
with_variables("bundle-folder", OPEN, {"REQUESTS_CA_BUNDLE": HASHED})
with_variables("bundle-missing", OPEN, {"REQUESTS_CA_BUNDLE": "/no/such/bundle"})
with_variables("curl-missing", OPEN, {"CURL_CA_BUNDLE": "/no/such/bundle"})
with_variables("bundle-wrong", OPEN, {"REQUESTS_CA_BUNDLE": CERT})
with_variables("bundle-garbage", OPEN, {"REQUESTS_CA_BUNDLE": KEY})
with_variables("both", OPEN, {"REQUESTS_CA_BUNDLE": CA, "CURL_CA_BUNDLE": "/no/such/bundle"})
with_variables("first-empty", OPEN, {"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": CA})
with_variables("bundle-but-file", OPEN, {"REQUESTS_CA_BUNDLE": "/no/such/bundle"}, verify=CA)
with_variables("bundle-but-off", OPEN, {"REQUESTS_CA_BUNDLE": "/no/such/bundle"}, verify=False)
with_variables("bundle-but-session-off", OPEN, {"REQUESTS_CA_BUNDLE": "/no/such/bundle"}, on=session(OPEN, verify=False))
with_variables("bundle-but-session-file", OPEN, {"REQUESTS_CA_BUNDLE": CERT}, on=session(OPEN, verify=CA))
with_variables("bundle-not-trusted", OPEN, {"REQUESTS_CA_BUNDLE": CA}, on=session(OPEN, trust_env=False))
with_variables("bundle-missing-on-http", HTTP, {"REQUESTS_CA_BUNDLE": "/no/such/bundle"})
with_variables("system-file", OPEN, {"SSL_CERT_FILE": CA})
with_variables("system-folder", OPEN, {"SSL_CERT_DIR": HASHED})

# what the client shows
ask("no-certificate", STRICT, verify=CA)
ask("pair", STRICT, verify=CA, cert=(CERT, KEY))
ask("pair-as-list", STRICT, verify=CA, cert=[CERT, KEY])
ask("combined", STRICT, verify=CA, cert=COMBINED)
ask("combined-key-first", STRICT, verify=CA, cert=KEYFIRST)
ask("not-verified", STRICT, verify=False, cert=(CERT, KEY))
ask("session-pair", STRICT, session(STRICT, verify=CA, cert=(CERT, KEY)))
ask("session-combined", STRICT, session(STRICT, verify=CA, cert=COMBINED))
ask("request-before-session", STRICT, session(STRICT, verify=CA, cert="/no/such/cert"), cert=COMBINED)
ask("not-asked-for", OPEN, verify=CA, cert=(CERT, KEY))
ask("missing-cert", STRICT, verify=CA, cert="/no/such/cert")
ask("missing-first", STRICT, verify=CA, cert=("/no/such/cert", KEY))
ask("missing-key", STRICT, verify=CA, cert=(CERT, "/no/such/key"))
ask("session-missing-cert", STRICT, session(STRICT, verify=CA, cert=("/no/such/cert", KEY)))
ask("wrong-key", STRICT, verify=CA, cert=(CERT, OTHER))
ask("no-key", STRICT, verify=CA, cert=CERT)
ask("key-as-cert", STRICT, verify=CA, cert=(KEY, KEY))
ask("cert-as-key", STRICT, verify=CA, cert=(CERT, CERT))
ask("empty-cert", STRICT, verify=CA, cert=os.devnull)
ask("encrypted-key", STRICT, verify=CA, cert=(CERT, ENCRYPTED))
ask("three", STRICT, verify=CA, cert=(CERT, KEY, CA))
ask("one", STRICT, verify=CA, cert=(CERT,))
ask("key-is-none", STRICT, verify=CA, cert=(COMBINED, None))
ask("paths", STRICT, verify=CA, cert=(pathlib.Path(CERT), pathlib.Path(KEY)))
ask("path-combined", STRICT, verify=CA, cert=pathlib.Path(COMBINED))
ask("bytes-pair", STRICT, verify=CA, cert=(CERT.encode(), KEY.encode()))
ask("empty-pair", OPEN, verify=CA, cert=("", ""))
ask("empty-tuple", OPEN, verify=CA, cert=())
ask("wrong-key-at-nobody", "https://127.0.0.1:1", verify=CA, cert=(CERT, OTHER))
ask("garbage-at-nobody", "https://127.0.0.1:1", verify=KEY)
ask("missing-cert-on-http", HTTP, cert="/no/such/cert")
ask("wrong-key-on-http", HTTP, cert=(CERT, OTHER))
same = session(STRICT, verify=CA, cert=(CERT, KEY))
ask("kept", STRICT, same)
same.cert = None
ask("without-it", STRICT, same)
same.cert = (CERT, KEY)
ask("with-it-again", STRICT, same)


# what an adapter's context says, and what is added to it
class WithContext(HTTPAdapter):
    def __init__(self, context):
        self.context = context
        super().__init__()

    def init_poolmanager(self, *args, **kw):
        super().init_poolmanager(*args, ssl_context=self.context, **kw)


def by(context, url=STRICT, **settings):
    s = session(url, **settings)
    s.mount("https://", WithContext(context))
    return s


def loaded(cafile=None, *chain):
    context = create_urllib3_context()
    if cafile:
        context.load_verify_locations(cafile)
    if chain:
        context.load_cert_chain(*chain)
    return context


ask("context", STRICT, by(loaded(CA, CERT, KEY)))
ask("context-and-cert", STRICT, by(loaded(CA)), cert=(CERT, KEY))
ask("context-and-file", STRICT, by(loaded(None, CERT, KEY)), verify=CA)
ask("context-and-folder", STRICT, by(loaded(None, CERT, KEY)), verify=HASHED)
ask("context-and-wrong-key", STRICT, by(loaded(CA)), cert=(CERT, OTHER))
ask("context-and-garbage", STRICT, by(loaded(None, CERT, KEY)), verify=KEY)


# what the settings of a pool say
def pooled(url=STRICT, **kw):
    return HttpSession(url, Event(), None, pool_manager=PoolManager(**kw))


ask("pool-cert", STRICT, pooled(cert_file=CERT, key_file=KEY), verify=CA)
ask("pool-password", STRICT, pooled(cert_file=CERT, key_file=ENCRYPTED, key_password="pw"), verify=CA)
ask("pool-wrong-password", STRICT, pooled(cert_file=CERT, key_file=ENCRYPTED, key_password="no"), verify=CA)
ask("pool-names", NAMELESS, pooled(NAMELESS, assert_hostname=False), verify=CA)
ask("pool-server-name", OPEN, pooled(OPEN, server_hostname="127.0.0.2"), verify=CA)
ask("pool-only-1.2", OPEN, pooled(OPEN, ssl_maximum_version=ssl.TLSVersion.TLSv1_2), verify=CA)
ask("pool-only-1.3", OLD, pooled(OLD, ssl_minimum_version=ssl.TLSVersion.TLSv1_3), verify=CA)
for name, kw in {"direct": {"ca_certs": CA}, "direct-off": {"cert_reqs": "CERT_NONE"}, "direct-none": {"cert_reqs": ssl.CERT_NONE},
                 "direct-data": {"ca_cert_data": open(CA).read()}, "direct-folder": {"ca_cert_dir": HASHED}, "direct-nothing": {}}.items():
    try:
        answer = PoolManager(retries=False, **kw).request("GET", OPEN + "/" + name)
        print(name, answer.status, answer.data)
    except Exception as e:
        print(name, "RAISES", type(e).__name__, e)

ask("pool-absent-cert", STRICT, pooled(cert_file="/no/such"), verify=CA)
ask("pool-absent-key", STRICT, pooled(cert_file=CERT, key_file="/no/such"), verify=CA)
ask("pool-cert-is-no-name", STRICT, pooled(cert_file=12), verify=CA)
ask("pool-paths", STRICT, pooled(cert_file=pathlib.Path(CERT), key_file=pathlib.Path(KEY)), verify=CA)
ask("pool-version-unknown", OPEN, pooled(OPEN, ssl_version="NOPE"), verify=CA)

# when it fails: once there is a connection
NOBODY = "https://127.0.0.1:1"
ask("absent-key-at-nobody", NOBODY, pooled(NOBODY, cert_file=CERT, key_file="/no/such"), verify=CA)
ask("version-at-nobody", NOBODY, pooled(NOBODY, ssl_version="NOPE"), verify=CA)
ask("fingerprint-at-nobody", NOBODY, pooled(NOBODY, assert_fingerprint=12), verify=CA)
ask("fingerprint", OPEN, pooled(OPEN, assert_fingerprint=12), verify=CA)
ask("context-not-verified", STRICT, by(loaded(CA, CERT, KEY)), verify=False)
ask("context-not-verified-at-nobody", NOBODY, by(loaded(CA, CERT, KEY), NOBODY), verify=False)

# what a request leaves behind: in a context of the file's own, and in a request that failed
context = loaded()
ask("context-learns", OPEN, by(context, OPEN), verify=CA)
ask("context-knows", OPEN, by(context, OPEN))
ask("context-shows-nothing", STRICT, by(context))
ask("context-is-given", STRICT, by(context), cert=(CERT, KEY))
ask("context-shows", STRICT, by(context), verify=HASHED)
print(context.verify_mode, context.check_hostname)
ask("context-without-names", NAMELESS, pooled(NAMELESS, ssl_context=context, assert_hostname=False), verify=CA)
print(context.check_hostname)
ask("context-keeps-names-out", NAMELESS, pooled(NAMELESS, ssl_context=context), verify=TWO)
ask("context-off", NAMELESS, by(context, NAMELESS), verify=False)
print(context.verify_mode)
prepared, plain = Request("GET", OPEN + "/prepared").prepare(), Session()
for verify in KEY, CA, KEY, CA:
    try:
        print(plain.send(prepared, verify=verify).text)
    except Exception as e:
        print(type(e).__name__, e)


# as a user has it
class User(HttpUser):
    host = STRICT

    def on_start(self):
        self.client.verify = CA
        self.client.cert = (CERT, KEY)


environment = Environment(user_classes=[User])
environment.events.request.add_listener(lambda name, exception, response, **kw: print(name, response.status_code, exception, response.text))
user = User(environment)
user.on_start()
user.client.get("/user")
os.environ["REQUESTS_CA_BUNDLE"] = CA
user.client.verify = True
user.client.get("/user-distrusts-variables")
user.client.trust_env = True
user.client.get("/user-trusts-variables")
user.client.cert = COMBINED
user.client.get("/user-combined")
user.client.post("/user-posts", json={"a": 1})
with user.client.get("/user-in-block", catch_response=True) as answer:
    answer.failure("seen " + answer.text)

# last: Locust trusts it from here on wherever verify is True
ask("pool-authority", OPEN, pooled(OPEN, ca_certs=CA))
