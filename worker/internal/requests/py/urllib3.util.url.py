"""URLs in their parts."""
from collections import namedtuple
import _requests_go
from urllib3.exceptions import LocationParseError


class Url(namedtuple("Url", ["scheme", "auth", "host", "port", "path", "query", "fragment"])):
    def __new__(cls, scheme=None, auth=None, host=None, port=None, path=None, query=None, fragment=None):
        if path and not path.startswith("/"):
            path = "/" + path
        return super().__new__(cls, scheme.lower() if scheme is not None else None, auth, host, port, path, query, fragment)

    @property
    def hostname(self):
        return self.host

    @property
    def request_uri(self):
        uri = self.path or "/"
        return uri if self.query is None else uri + "?" + self.query

    @property
    def netloc(self):
        if self.host is None:
            return None
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def authority(self):
        return self.netloc if self.auth is None or self.netloc is None else f"{self.auth}@{self.netloc}"

    @property
    def url(self):
        before = f"{self.scheme}://" if self.scheme is not None else ""
        host = self.authority or ""
        after = "".join(sign + part for sign, part in (("?", self.query), ("#", self.fragment)) if part is not None)
        return before + host + (self.path or "") + after

    def __str__(self):
        return self.url


def parse_url(url):
    if not url:
        return Url()
    parts = _requests_go.parse_url(url)
    if parts is None:
        raise LocationParseError(url)
    return Url(*parts)
