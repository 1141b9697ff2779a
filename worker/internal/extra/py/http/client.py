"""http.client: the constants, and connections that open one TCP connection a request."""
import http
from http import HTTPStatus
import _extra_http as _go
from http_errors import BadStatusLine, HTTPException, IncompleteRead, LineTooLong, RemoteDisconnected, UnknownProtocol

HTTP_PORT, HTTPS_PORT = 80, 443
responses = {int(s): s.phrase for s in HTTPStatus}
globals().update({s.name: s for s in HTTPStatus})


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class HTTPMessage:
    def __init__(self, items):
        self._items = items

    def get(self, name, failobj=None):
        return next((v for k, v in self._items if k.lower() == name.lower()), failobj)

    def get_all(self, name, failobj=None):
        return [v for k, v in self._items if k.lower() == name.lower()] or failobj

    __getitem__ = get

    def __contains__(self, name):
        return self.get(name) is not None

    def items(self):
        return list(self._items)

    def keys(self):
        return [k for k, _ in self._items]

    __iter__ = lambda self: iter(self.keys())

    def values(self):
        return [v for _, v in self._items]

    def get_content_type(self):
        return self.get("Content-Type", "text/plain").split(";")[0].strip().lower()

    def get_content_charset(self, failobj=None):
        for part in self.get("Content-Type", "").split(";")[1:]:
            k, _, v = part.strip().partition("=")
            if k.lower() == "charset":
                return v.strip("\"'").lower()
        return failobj

    def __str__(self):
        return "".join(f"{k}: {v}\n" for k, v in self._items) + "\n"


class HTTPResponse:
    def __init__(self, status, reason, headers, body, url):
        self.status = self.code = status
        self.reason, self.msg, self.headers, self.url, self.version, self.closed = reason, HTTPMessage(headers), HTTPMessage(headers), url, 11, False
        self._body, self._at = body, 0

    def read(self, amt=None):
        end = len(self._body) if amt is None or amt < 0 else self._at + amt
        data, self._at = self._body[self._at:end], min(end, len(self._body))
        return data

    def readline(self, limit=-1):
        i = self._body.find(b"\n", self._at)
        return self.read(None if i < 0 else i + 1 - self._at)

    def readlines(self):
        return list(self)

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def getheaders(self):
        return self.headers.items()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status

    def isclosed(self):
        return self.closed or self._at >= len(self._body)

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class HTTPConnection:
    _scheme, default_port = "http", HTTP_PORT

    def __init__(self, host, port=None, timeout=None, source_address=None, blocksize=8192, *, context=None, key_file=None, cert_file=None):
        if port is None and ":" in host.rpartition("]")[2]:
            host, _, p = host.rpartition(":")
            if not p.isdigit():
                raise InvalidURL(f"nonnumeric port: {p!r}")
            port = int(p)
        self.host, self.port, self.timeout, self._context, self._response, self._open = host, port or self.default_port, timeout, context, None, None

    def connect(self):
        pass

    def set_debuglevel(self, level):
        pass

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        self._open = [method, url, {}]

    def putheader(self, header, *values):
        self._open[2][header] = ", ".join(str(v) for v in values)

    def endheaders(self, message_body=None, *, encode_chunked=False):
        method, url, headers = self._open
        self.request(method, url, message_body, headers)

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        if isinstance(body, str):
            body = body.encode("iso-8859-1")
        elif hasattr(body, "read"):
            body = body.read()
        if url.startswith("http://") or url.startswith("https://"):
            full = url
        else:
            full = f"{self._scheme}://{self.host}:{self.port}{url or '/'}"
        verify = self._context is None or self._context.verify_mode != 0
        self._response = HTTPResponse(*_go.fetch(method, full, [(k, str(v)) for k, v in headers.items()], body, self.timeout, verify, False))

    def getresponse(self):
        r, self._response = self._response, None
        if r is None:
            raise ResponseNotReady("Idle")
        return r

    def close(self):
        pass


class HTTPSConnection(HTTPConnection):
    _scheme, default_port = "https", HTTPS_PORT
