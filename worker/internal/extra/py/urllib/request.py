"""urllib.request: urlopen and Request."""
import _extra_http as _go
from http.client import HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlencode, urljoin, urlparse, urlsplit


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url, self.data, self.headers = url, data, {}
        for k, v in headers.items():
            self.add_header(k, v)
        if method:
            self.method = method
        parts = urlsplit(url)
        self.type, self.host, self.selector = parts.scheme, parts.netloc, (parts.path or "/") + ("?" + parts.query if parts.query else "")
        if not parts.scheme:
            raise ValueError(f"unknown url type: {url!r}")

    def get_method(self):
        return getattr(self, "method", "POST" if self.data is not None else "GET")

    def get_full_url(self):
        return self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    add_unredirected_header = add_header

    def has_header(self, name):
        return name in self.headers

    def get_header(self, name, default=None):
        return self.headers.get(name, default)

    def header_items(self):
        return list(self.headers.items())


def urlopen(url, data=None, timeout=None, *, cafile=None, capath=None, cadefault=False, context=None):
    req = url if isinstance(url, Request) else Request(url, data)
    body = req.data if data is None else data
    if isinstance(body, str):
        raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
    if req.type not in ("http", "https"):
        raise URLError(f"unknown url type: {req.type}")
    headers = {"User-agent": "Python-urllib/3.11", "Accept-encoding": "identity", **req.headers}
    if body is not None:
        headers.setdefault("Content-type", "application/x-www-form-urlencoded")
    try:
        r = HTTPResponse(*_go.fetch(req.get_method(), req.full_url, list(headers.items()), body, timeout, context is None or context.verify_mode != 0, True))
    except OSError as e:
        raise URLError(e)
    if r.status >= 400 or r.status in (301, 302, 303, 307, 308):
        raise HTTPError(r.url, r.status, r.reason, r.headers, r)
    return r


def urlretrieve(url, filename=None, reporthook=None, data=None):
    r = urlopen(url, data)
    if filename is None:
        import tempfile
        filename = tempfile.mktemp()
    with open(filename, "wb") as f:
        f.write(r.read())
    return filename, r.headers


class OpenerDirector:
    def __init__(self):
        self.addheaders = []

    def open(self, fullurl, data=None, timeout=None):
        req = fullurl if isinstance(fullurl, Request) else Request(fullurl, data)
        for k, v in self.addheaders:
            if not req.has_header(k.capitalize()):
                req.add_header(k, v)
        return urlopen(req, data, timeout)


def build_opener(*handlers):
    return OpenerDirector()


def install_opener(opener):
    pass


def getproxies():
    return {}


class _Handler:
    def __init__(self, *args, **kw):
        pass


HTTPHandler = HTTPSHandler = ProxyHandler = HTTPCookieProcessor = HTTPRedirectHandler = BaseHandler = _Handler
pathname2url, url2pathname = quote, unquote
