"""One client for each host and port, with the connections to it."""
import errno
import os
import re
from base64 import b64encode

import _fast_go as _go
from geventhttpclient.connectionpool import ConnectionPool, SSLConnectionPool
from geventhttpclient.header import Headers
from geventhttpclient.response import HTTPConnectionClosed, HTTPParseError, HTTPSocketPoolResponse
from geventhttpclient.url import URL

IDEMPOTENT_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"))

_token = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_value = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_target = re.compile(r"[^\x00-\x20\x7f]*")


def _length(body):
    """How long a body is; None if nobody knows."""
    if hasattr(body, "__len__"):
        return len(body)
    try:
        body.fileno()
        return os.path.getsize(body.name)
    except (AttributeError, OSError, TypeError):
        return None


def _chunked(headers, body):
    """Whether a body goes out in chunks: because the headers say so, or because its length is not known."""
    if any(name.lower() == "transfer-encoding" and "chunked" in str(value).lower() for name, value in headers.items()):
        return True
    return body is not None and not isinstance(body, (bytes, bytearray, memoryview)) and _length(body) is None


def _awaits_a_word(headers):
    """Whether the body is to follow only when the server has asked for it."""
    return any(name.lower() == "expect" and "100-continue" in str(value).lower() for name, value in headers.items())


def _pieces(body, size):
    """The body in pieces of bytes."""
    if isinstance(body, (bytes, bytearray, memoryview)):
        for at in range(0, len(body), size):
            yield bytes(body[at:at + size])
    elif hasattr(body, "read"):
        while piece := body.read(size):
            yield piece.encode() if isinstance(piece, str) else piece
    else:
        for piece in body:
            if isinstance(piece, str):
                piece = piece.encode()
            elif not isinstance(piece, (bytes, bytearray, memoryview)):
                raise TypeError("chunked body items must be bytes or str, not " + type(piece).__name__)
            if piece:
                yield bytes(piece)


class HTTPClient:
    HTTP_11, HTTP_10 = "HTTP/1.1", "HTTP/1.0"
    BLOCK_SIZE = 4096
    DEFAULT_HEADERS = Headers({"User-Agent": _go.AGENT})

    @classmethod
    def from_url(cls, url, **kw):
        url = url if isinstance(url, URL) else URL(url)
        secure = url.scheme == "https"
        if not secure:
            kw.pop("ssl_options", None)
        return cls(url.host, port=url.port, ssl=secure, **kw)

    def __init__(self, host, port=None, headers=None, block_size=BLOCK_SIZE, connection_timeout=5.0, network_timeout=5.0, disable_ipv6=False,
                 concurrency=1, ssl=False, ssl_options=None, ssl_context_factory=None, insecure=False, proxy_host=None, proxy_port=None,
                 proxy_user=None, proxy_password=None, version=HTTP_11, headers_type=Headers, _link=None):
        headers = headers_type() if headers is None else headers
        self.host, self.port, self.version, self.block_size, self.headers_type = host, port, version, block_size, headers_type
        self.use_proxy = proxy_host is not None
        if self.use_proxy:
            assert proxy_port is not None, "you have to provide proxy_port if you set proxy_host"
        self._proxy_credentials = None
        if self.use_proxy and (proxy_user is not None or proxy_password is not None):
            self._proxy_credentials = f"{proxy_user or ''}:{proxy_password or ''}"
        if ssl:
            ssl_options = dict(ssl_options or {})
        self.ssl = ssl_options is not None
        self.port = self.port or (443 if self.ssl else 80)
        options = dict(size=concurrency, connection_timeout=connection_timeout, network_timeout=network_timeout, disable_ipv6=disable_ipv6,
                       use_proxy=self.use_proxy, proxy_user=proxy_user, proxy_password=proxy_password, _link=_link)
        to = (proxy_host, proxy_port) if self.use_proxy else (self.host, self.port)
        if self.ssl:
            if ssl_context_factory is not None:
                ssl_options.setdefault("server_hostname", headers.get("host", self.host))
            self._connection_pool = SSLConnectionPool(*to, self.host, self.port, ssl_options=ssl_options, insecure=insecure,
                                                      ssl_context_factory=ssl_context_factory, **options)
        else:
            self._connection_pool = ConnectionPool(*to, self.host, self.port, **options)
        self.default_headers = headers_type()
        self.default_headers.update(self.DEFAULT_HEADERS)
        self.default_headers.update(headers)
        self._base_url_string = f"{'https' if self.ssl else 'http'}://{self.host}{f':{port}' if port else ''}/"

    def close(self):
        self._connection_pool.close()

    def _merged(self, headers):
        fields = self.headers_type()
        fields.update(self.default_headers)
        fields.update(headers or {})
        return fields

    def _build_request(self, method, request_uri, body=b"", headers=None, chunked=None):
        """The head of a request."""
        if not isinstance(method, str) or not _token.fullmatch(method):
            raise ValueError(f"invalid HTTP method {method!r}")
        if not isinstance(request_uri, str) or not _target.fullmatch(request_uri):
            raise ValueError(f"invalid request URI {request_uri!r}")
        if request_uri.startswith("//"):
            raise ValueError(f"invalid request URI {request_uri!r}: protocol-relative targets are not origin-form")
        fields = self._merged(headers)
        self._address(fields)
        self._describe(fields, method, body, _chunked(fields, body) if chunked is None else chunked)
        lines = [f"{method} {self._request_target(request_uri)} {self.version}\r\n"]
        for field, value in fields.items():
            if not isinstance(field, str) or not _token.fullmatch(field):
                raise ValueError(f"invalid header field name {field!r}")
            if isinstance(value, str) and not _value.fullmatch(value):
                raise ValueError(f"invalid value for header field {field!r}: {value!r}")
            lines.append(f"{field}: {value}\r\n")
        return "".join(lines) + "\r\n"

    def _address(self, fields):
        """Adds the headers Host and Proxy-Authorization."""
        if self.version == self.HTTP_11 and "Host" not in fields:
            bare = ":" in self.host and self.host[0] != "[" and self.host[-1] != "]"
            shown = f"[{self.host}]" if bare else self.host
            fields["Host"] = shown if self.port in (80, 443) else f"{shown}:{self.port}"
        if self._proxy_credentials is not None and not self.ssl and "Proxy-Authorization" not in fields:
            fields["Proxy-Authorization"] = "Basic " + b64encode(self._proxy_credentials.encode()).decode()

    def _describe(self, fields, method, body, chunked):
        """Adds the headers that say how long the body is."""
        if chunked:
            if "Transfer-Encoding" not in fields:
                fields["Transfer-Encoding"] = "chunked"
            fields.discard("Content-Length")
        elif "Content-Length" not in fields:
            if body:
                if size := _length(body):
                    fields["Content-Length"] = str(size)
            elif method.upper() in ("POST", "PUT", "PATCH"):
                fields["Content-Length"] = "0"

    def _request_target(self, uri):
        if self.use_proxy and not self.ssl:
            return (self._base_url_string[:-1] if uri.startswith("/") else self._base_url_string) + uri
        if not uri.startswith(("/", "http")):
            return "/" + uri
        if uri.startswith("http"):
            if not uri.startswith(self._base_url_string):
                raise ValueError("Invalid host in URL")
            return uri[len(self._base_url_string) - 1:]
        return uri

    def request(self, method, request_uri, body=b"", headers=None):
        body = b"" if body is None else body.encode() if isinstance(body, str) else body
        fields = self._merged(headers)
        chunked = _chunked(fields, body)
        if chunked and self.version != self.HTTP_11:
            raise ValueError("Chunked transfer encoding requires HTTP/1.1")
        method = method.upper()
        waits = self.version == self.HTTP_11 and _awaits_a_word(fields)
        head = self._build_request(method, request_uri, body=body, headers=headers, chunked=chunked)
        attempts = self._connection_pool.size + 1
        while True:
            left, again = attempts > 0, attempts > 0 and method in IDEMPOTENT_METHODS
            attempts -= 1
            connection = self._connection_pool.get_socket()
            try:
                if waits:
                    connection.sendall(head.encode("latin-1"))
                    if connection.invited():
                        self._send(connection, b"", body, chunked)
                else:
                    self._send(connection, head.encode("latin-1"), body, chunked)
            except HTTPConnectionClosed:  # before a word of the server: nothing was done
                connection.release()
                if not left:
                    raise
                continue
            except OSError as e:
                if e.errno not in (errno.ECONNRESET, errno.EPIPE):
                    connection.release()
                    raise
                try:  # the server may have said why it takes no more
                    return connection.answer(method, self, head)
                except (OSError, HTTPParseError):
                    if not again:
                        raise
                    continue
            except BaseException:
                connection.release()
                raise
            try:
                return connection.answer(method, self, head)
            except HTTPConnectionClosed:
                if not again:
                    raise

    def _send(self, connection, head, body, chunked):
        if chunked:
            connection.sendall(head if body else head + b"0\r\n\r\n")
            if body:
                for piece in _pieces(body, self.block_size):
                    connection.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
                connection.sendall(b"0\r\n\r\n")
        elif not body:
            connection.sendall(head)
        elif isinstance(body, bytes):
            connection.sendall(head + body)
        else:
            connection.sendall(head)
            while piece := body.read(65536):
                connection.sendall(piece)

    def get(self, request_uri, headers=None):
        return self.request("GET", request_uri, headers=headers)

    def head(self, request_uri, headers=None):
        return self.request("HEAD", request_uri, headers=headers)

    def options(self, request_uri, headers=None):
        return self.request("OPTIONS", request_uri, headers=headers)

    def post(self, request_uri, body="", headers=None):
        return self.request("POST", request_uri, body=body, headers=headers)

    def put(self, request_uri, body="", headers=None):
        return self.request("PUT", request_uri, body=body, headers=headers)

    def delete(self, request_uri, body="", headers=None):
        return self.request("DELETE", request_uri, body=body, headers=headers)

    def patch(self, request_uri, body="", headers=None):
        return self.request("PATCH", request_uri, body=body, headers=headers)

    def trace(self, request_uri, body="", headers=None):
        return self.request("TRACE", request_uri, body=body, headers=headers)


class HTTPClientPool:
    def __init__(self, **kw):
        self.clients, self.client_args = {}, kw

    def get_client(self, url):
        url = url if isinstance(url, URL) else URL(url)
        key = url.host, url.port
        if key not in self.clients:
            self.clients[key] = HTTPClient.from_url(url, **self.client_args)
        return self.clients[key]

    def close(self):
        for client in self.clients.values():
            client.close()
        self.clients.clear()
