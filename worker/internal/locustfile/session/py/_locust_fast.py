"""FastHttpSession the general way: every step by the method that stock Locust takes it by. The worker's own way, in Go, is
for sessions of which nothing has been changed."""
import json as _json
import re
import sys
import time
from base64 import b64encode
from urllib.parse import unquote, urlparse

import _fast_go as _go
from _fast_go import ErrorResponse, FastHttpSession, FastResponse, ResponseContextManager, RestResponseContextManager
from geventhttpclient.client import HTTPClient, HTTPClientPool
from geventhttpclient.connectionpool import ConnectionPool, SSLConnectionPool
from geventhttpclient.header import Headers
from geventhttpclient.response import HTTPConnectionClosed, HTTPParseError
from geventhttpclient.useragent import (CompatRequest, ConnectionError, RetriesExceeded, UnsupportedRedirectSchemeError,
                                        UserAgent)
from gevent.timeout import Timeout
from _ssl_go import SSLContext
from http_errors import SSLCertVerificationError, SSLEOFError, SSLError, ZlibError, gaierror
from _requests_go import CookieJar

absolute_http_url_regexp = re.compile(r"^https?://", re.IGNORECASE)


class _Names:
    """The names of locust.contrib.fasthttp, some of which a file may have replaced."""

    def __getattr__(self, name):
        module = sys.modules.get("locust.contrib.fasthttp")
        try:
            return (globals() if module is None else vars(module))[name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined") from None


_names = _Names()


class FastRequest(CompatRequest):
    payload = None
    body = property(lambda self: self.payload)
    unverifiable = False


class LocustBadStatusCode(ConnectionError):
    def __repr__(self):
        shown = ConnectionError.__repr__(self)
        return shown.replace(repr(self.url) + ", ", "") if self.kw_text else shown


class LocustUserAgent(UserAgent):
    response_type, request_type = FastResponse, FastRequest
    valid_response_codes = frozenset([200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 301, 302, 303, 304, 307, 308])
    redirect_response_codes = frozenset([301, 302, 303, 307, 308])

    def __init__(self, client_pool=None, **kwargs):
        super().__init__(**kwargs)
        if client_pool is not None:
            self.clientpool = client_pool

    def _verify_status(self, status_code, url=None):
        if status_code not in self.valid_response_codes:
            raise LocustBadStatusCode(url, code=status_code)


def _construct_basic_auth_str(username, password):
    parts = [part.encode("latin1") if isinstance(part, str) else part for part in (username, password)]
    return "Basic " + b64encode(b":".join(parts)).strip().decode("ascii")


def insecure_ssl_context_factory():
    context = SSLContext(16)
    context.check_hostname, context.verify_mode = False, 0
    return context


def secure_ssl_context_factory(cafile=None):
    context = SSLContext(16)
    if cafile:
        context.load_verify_locations(cafile)
    else:
        context.load_default_certs()
    return context


# What makes a request a failure; other exceptions are the task's.
FAILURE_EXCEPTIONS = (ConnectionError, ConnectionRefusedError, ConnectionResetError, OSError, SSLError, Timeout, HTTPConnectionClosed, HTTPParseError, ZlibError)


def make_agent(session, insecure=True, client_pool=None, ssl_context_factory=None, **kwargs):
    """The attribute client of a session."""
    if not ssl_context_factory:
        ssl_context_factory = _names.insecure_ssl_context_factory if insecure else secure_ssl_context_factory
    return _names.LocustUserAgent(cookiejar=session.cookiejar, ssl_context_factory=ssl_context_factory, insecure=insecure,
                                    client_pool=client_pool, **kwargs)


def without_credentials(base_url):
    """A base URL without its user and password, and the header Authorization that they make."""
    parts = urlparse(base_url)
    if not (parts.username and parts.password):
        return base_url, None
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return bare, _names._construct_basic_auth_str(unquote(parts.username), unquote(parts.password))


def build_url(self, path):
    return path if _names.absolute_http_url_regexp.match(path) else f"{self.base_url}{path}"


def send_safely(self, method, url, **kwargs):
    """FastHttpSession._send_request_safe_mode: what makes a request a failure becomes its response's error."""
    try:
        return self.client.urlopen(url, method=method, **kwargs)
    except _names.FAILURE_EXCEPTIONS as e:
        if hasattr(e, "response"):
            e.response.error = e
            return e.response
        request = self.client._make_request(url, method=method, headers=kwargs.get("headers"), payload=kwargs.get("payload"), params=kwargs.get("params"))
        return _names.ErrorResponse(request, e)


def _headers(self, headers, auth):
    headers = dict(headers) if headers else {}
    if auth:
        headers["Authorization"] = _names._construct_basic_auth_str(auth[0], auth[1])
    elif self.auth_header:
        headers["Authorization"] = self.auth_header
    _default(headers, "Accept-Encoding", "gzip, deflate, br")
    return headers


def _default(headers, name, value):
    if name not in headers and name.lower() not in headers:
        headers[name] = value


def _length(response, stream):
    """How long the content is: as it has come, or as the head of a stream says."""
    if not stream:
        return len(response.content) if response.content else 0
    declared = response.headers and "content-length" in response.headers
    return int(response.headers["content-length"]) if declared else 0


def request(self, method, url, name=None, data=None, catch_response=False, stream=False, headers=None, auth=None, json=None,
            allow_redirects=True, context={}, **kwargs):
    """FastHttpSession.request."""
    name = name or self.request_name or url
    full = self._build_url(url)
    began = time.time()
    if self.user:
        context = {**self.user.context(), **context}
    headers = _headers(self, headers, auth)
    if not data and json is not None:
        data = _json.dumps(json)
        _default(headers, "Content-Type", "application/json")
        _default(headers, "Accept", "application/json")
    if not allow_redirects:
        followed, self.client.redirect_response_codes = self.client.redirect_response_codes, frozenset()
    clock = time.perf_counter()
    response = self._send_request_safe_mode(method, full, payload=data, headers=headers, **kwargs)
    meta = {"request_type": method, "name": name, "context": context, "response": response, "exception": None, "start_time": began, "url": full}
    if not allow_redirects:
        self.client.redirect_response_codes = followed
    meta["response_length"] = 0
    try:
        meta["response_length"] = _length(response, stream)
    except (() if stream else _names.FAILURE_EXCEPTIONS) as e:
        meta["response_time"], meta["exception"] = (time.perf_counter() - clock) * 1000, e
        return _finish(self, response, meta, catch_response)
    meta["response_time"] = (time.perf_counter() - clock) * 1000
    try:
        response.raise_for_status()
    except _names.FAILURE_EXCEPTIONS as e:
        meta["exception"] = e
    return _finish(self, response, meta, catch_response)


def _finish(self, response, meta, catch_response):
    if catch_response:
        return _names.ResponseContextManager(response, self.request_event, meta, catch_response)
    self.request_event.fire(**meta)
    return response


def iter_lines(self, url, method="GET", **kwargs):
    """FastHttpSession.iter_lines."""
    response = self.request(method, url, stream=True, **kwargs)
    response.raise_for_status()
    rest = ""
    for chunk in response.iter_content(chunk_size=1024, decode_content=True):
        *lines, rest = (rest + (chunk.decode("utf-8", errors="replace") if isinstance(chunk, bytes) else chunk)).split("\n")
        yield from lines
    if rest:
        yield rest


_go.loaded()
