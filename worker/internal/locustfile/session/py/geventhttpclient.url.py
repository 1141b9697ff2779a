"""URLs as geventhttpclient takes them apart."""
from urllib.parse import ParseResult, urlparse
import _fast_go as _go
from _requests_go import requote_uri  # requests itself is not loaded for the sake of one function

DEFAULT_PORTS = {"http": 80, "https": 443}


class InvalidURL(Exception):
    pass


class URL:
    __slots__ = ("_parsed",)

    def __init__(self, url="", params=None):
        parsed = urlparse(url) if isinstance(url, str) else url
        if params is not None:
            more = params if isinstance(params, (str, bytes)) else _go.params(params)
            parsed = parsed._replace(query=parsed.query + "&" + more if parsed.query else more)
        self._parsed = ParseResult(*parsed)

    def __str__(self):
        return self._parsed.geturl()

    geturl = __str__

    def __repr__(self):
        return f"URL({self})"

    def __iter__(self):
        return iter("" if part is None else part for part in self._parsed)

    def __eq__(self, other):
        return self._parsed == (other if isinstance(other, URL) else URL(other))._parsed

    __hash__ = None

    scheme = property(lambda self: self._parsed.scheme)
    netloc = property(lambda self: self._parsed.netloc)
    path = property(lambda self: self._parsed.path)
    params = property(lambda self: self._parsed.params)
    query = query_string = property(lambda self: self._parsed.query)
    fragment = property(lambda self: self._parsed.fragment)
    username = user = property(lambda self: self._parsed.username or "")
    password = property(lambda self: self._parsed.password or "")
    hostname = host = property(lambda self: self._parsed.hostname or "")

    @property
    def port(self):
        port = self._parsed.port
        return DEFAULT_PORTS.get(self.scheme) if port is None else port

    @property
    def request_uri(self):
        path = self.path + (";" + self.params if self.params else "")
        return path + "?" + self.query if self.query else path

    @property
    def quoted(self):
        return requote_uri(str(self))

    @property
    def quoted_uri(self):
        return requote_uri(self.request_uri)

    def redirect(self, other):
        return type(self)(_go.resolve(str(self), str(other)))


def unquote_unreserved(uri):
    return requote_uri(uri)
