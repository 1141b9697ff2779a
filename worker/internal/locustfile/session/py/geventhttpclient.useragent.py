"""A client with redirects, retries and cookies."""
import errno
from urllib.parse import urlencode

import _fast_go as _go
from _fast_go import CompatResponse
from geventhttpclient.client import IDEMPOTENT_METHODS, HTTPClient, HTTPClientPool
from geventhttpclient.header import Headers
from geventhttpclient.url import URL

REDIRECT_RESPONSE_CODES = frozenset([301, 302, 303, 307, 308])


class ConnectionError(Exception):
    def __init__(self, url, *args, **kw):
        Exception.__init__(self, url, *args)
        self.url = url
        for name, value in kw.items():
            setattr(self, name, value)
        if args and isinstance(args[0], str):
            self.text = args[0] if len(args) == 1 else args[0] + ": " + str(args[1:])
        else:
            self.text = str(args[0]) if len(args) == 1 else ""
        self.kw_text = ", ".join(f"{name}={value}" for name, value in kw.items())
        if kw:
            self.text += (", " if self.text else "") + self.kw_text

    def __str__(self):
        return f"URL {self.url}: {self.text}" if self.text else f"URL {self.url}"

    def __getattr__(self, name):
        """What few look at: the request of an answer, and both as text."""
        response = self.__dict__.get("response")
        if response is not None and name == "request":
            return response.request
        if response is not None and name == "http_log":
            return conversation(self.request.url, response, self.request.payload)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def _plain(self):
        name = type(self).__name__
        return f"{name}({self.args[0]!r})" if len(self.args) == 1 else f"{name}{self.args!r}"

    def __repr__(self):
        plain = self._plain()
        return plain.replace(")", f", {self.kw_text})") if self.kw_text else plain


class RetriesExceeded(ConnectionError):
    pass


class BadStatusCode(ConnectionError):
    code = 0


class EmptyResponse(ConnectionError):
    pass


class UnrewoundBodyError(ConnectionError):
    pass


class UnsupportedRedirectSchemeError(ConnectionError):
    pass


def timed_out(e):
    """Whether an exception is gevent's Timeout, which is no Exception."""
    return any(cls.__name__ == "Timeout" and cls.__module__ == "gevent.timeout" for cls in type(e).__mro__)


def conversation(url, response, payload):
    shown = ""
    if payload and isinstance(payload, (bytes, str)):
        try:
            shown = (payload.decode() if isinstance(payload, bytes) else payload) + "\n\n"
        except UnicodeDecodeError:
            shown = "UnicodeDecodeError\n\n"
    lines = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return (f"REQUEST: {url}\n{response._sent_request}{shown}RESPONSE: {response._response.version} {response.status_code}\n"
            f"{lines}\n\n{response.content.decode()}")


class CompatRequest:
    def __init__(self, url, method="GET", headers=None, payload=None, params=None):
        self.set_url(url, params=params)
        split = self.url_split
        self.original_host, self.original_origin = split.host, (split.scheme, split.host, split.port)
        self.method, self.headers, self.payload = method.upper(), headers, payload
        self.unredirected_hdrs, self.origin_req_host, self.unverifiable, self._tunnel_host = {}, split.host, False, None

    def set_url(self, url, params=None):
        self.url_split = url if isinstance(url, URL) else URL(url, params=params)
        self.url = str(url)
        self.type, self.host, self.selector = self.url_split.scheme, self.url_split.netloc, self.url_split.request_uri or "/"

    full_url = property(lambda self: self.url, lambda self, url: self.set_url(url))
    data = property(lambda self: self.payload, lambda self, payload: setattr(self, "payload", payload))

    def get_method(self):
        return self.method

    def get_full_url(self):
        return self.url

    def get_host(self):
        return self.url_split.host

    def get_type(self):
        return self.url_split.scheme

    def get_origin_req_host(self):
        return self.original_host

    def is_unverifiable(self):
        return self.unverifiable

    def add_unredirected_header(self, key, val):
        self.headers.add(key, val)

    def add_header(self, key, val):
        self.headers[key] = val

    def has_header(self, name):
        return name in self.headers

    def get_header(self, name, default=None):
        return self.headers.get(name, default)

    def header_items(self):
        return list(self.headers.items())

    def redirect(self, code, location):
        """Makes the request one for the place that an answer leads to."""
        target = self.url_split.redirect(location)
        if target.scheme not in ("http", "https"):
            raise UnsupportedRedirectSchemeError(self.url, f"refusing to follow redirect to {target.scheme!r} URL")
        self.set_url(target)
        if code in (301, 302, 303):
            if self.method != "HEAD":
                self.method = "GET"
            self.payload = None
            self._drop("content-length", "content-type", "content-encoding")
        else:
            self._rewind()
        self._drop("cookie", "cookie2")
        if (target.scheme, target.host, target.port) != self.original_origin:
            self._drop("authorization")
        self.unverifiable = True

    def _drop(self, *names):
        for name in names:
            self.headers.discard(name)

    def _rewind(self):
        """The payload goes out again, from its beginning."""
        if self.payload is None or isinstance(self.payload, (bytes, bytearray, memoryview, str, dict)):
            return
        try:
            self.payload.seek(0)
        except (AttributeError, OSError):
            raise UnrewoundBodyError(self.url, "payload cannot be rewound and resent after a redirect") from None


def _make_request(url, method="GET", headers=None, payload=None, params=None, files=None, request_type=CompatRequest):
    headers = Headers() if headers is None else headers
    kind = headers.get("content-type")
    if files:
        payload, headers["content-type"] = _go.multipart(payload, files)
        headers["content-length"] = str(len(payload))
    elif payload:
        if isinstance(payload, dict):
            payload, told = urlencode(payload).encode(), "application/x-www-form-urlencoded; charset=utf-8"
        elif isinstance(payload, str) and not kind:
            payload, told = payload.encode(), "text/plain; charset=utf-8"
        else:
            told = None
        if not kind:
            headers["content-type"] = told or "application/octet-stream"
        if told:
            headers["content-length"] = str(len(payload))
    return request_type(url, method=method, headers=headers, payload=payload, params=params)


class UserAgent:
    response_type, request_type = CompatResponse, CompatRequest
    valid_response_codes = frozenset([200, 206, 301, 302, 303, 307, 308])
    redirect_response_codes = REDIRECT_RESPONSE_CODES

    def __init__(self, max_redirects=3, max_retries=3, retry_delay=0, cookiejar=None, headers=None, *, insecure=False, **kw):
        self.max_redirects, self.max_retries, self.retry_delay = int(max_redirects), int(max_retries), retry_delay
        self.default_headers = HTTPClient.DEFAULT_HEADERS.copy()
        if headers:
            self.default_headers.update(headers)
        self.cookiejar = cookiejar
        if insecure:
            kw["insecure"] = True
        self.clientpool = HTTPClientPool(**kw)

    def close(self):
        self.clientpool.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def _may_retry(self, request):
        return request.method in IDEMPOTENT_METHODS

    def _verify_status(self, status_code, url=None):
        if status_code not in self.valid_response_codes:
            raise BadStatusCode(url, code=status_code)

    def _handle_error(self, e, url=None):
        """Returns an error that another attempt may not meet, and raises any other."""
        if timed_out(e) or isinstance(e, (TimeoutError, EmptyResponse)):
            return e
        if isinstance(e, OSError) and (e.errno in (errno.ETIMEDOUT, errno.ENOLINK, errno.ENOENT, errno.EPIPE) or "read operation timed out" in str(e)):
            return e
        raise e.with_traceback(e.__traceback__)

    def _handle_retries_exceeded(self, url, last_error=None):
        raise RetriesExceeded(url, self.max_retries, original=last_error)

    def _make_request(self, *args, **kw):
        kw.setdefault("request_type", self.request_type)
        return _make_request(*args, **kw)

    def _conversation_str(self, url, resp, payload=None, encoding="utf-8"):
        return conversation(url, resp, payload)

    def urlopen(self, url, method="GET", headers=None, payload=None, to_string=False, debug_stream=None, params=None, max_retries=None,
                max_redirects=None, files=None, **kw):
        merged = self.default_headers.copy()
        if headers:
            merged.update(headers)
        if kw and method.upper() == "POST":  # what nobody knows are parameters
            payload = self._more(payload, kw)
        elif kw:
            params = self._more(params, kw)
        request = _make_request(url, method, headers=merged, payload=payload, params=params, files=files, request_type=self.request_type)
        tries = (self.max_retries if max_retries is None else int(max_retries)) + 1
        hops = self.max_redirects if max_redirects is None else int(max_redirects)
        last = None
        for attempt in range(tries):
            if attempt and self.retry_delay:
                import gevent
                gevent.sleep(self.retry_delay)
            done, last = self._attempt(request, url, hops, to_string, debug_stream)
            if done:
                return last
        return self._handle_retries_exceeded(url, last_error=last)

    @staticmethod
    def _more(given, kw):
        if isinstance(given, dict):
            given.update(kw)
        return kw if given is None else given

    def _attempt(self, request, url, hops, to_string, debug_stream):
        """One attempt, with the redirects that follow: whether it is done, and its result or why not."""
        history = []
        for _ in range(hops + 1):
            if self.cookiejar is not None:
                self.cookiejar.add_cookie_header(request)
            try:
                started = _go.now()
                response = self._urlopen(request)
                _go.elapsed(response, started)
            except BaseException as e:
                if not isinstance(e, Exception) and not timed_out(e):
                    raise
                e.request = request
                error = self._handle_error(e, url=request.url)
                if not self._may_retry(request):
                    raise self._handle_retries_exceeded(url, last_error=error)
                return False, error
            if debug_stream is not None:
                debug_stream.write(self._conversation_str(request.url, response, payload=request.payload) + "\n\n")
            if self.cookiejar is not None:
                self.cookiejar.extract_cookies(response, request)
            try:
                self._verify_status(response.status_code, url=request.url)
            except Exception as e:
                e.response, e.request = response, request
                self._log(e, response, request)
                response.release()
                return False, self._handle_error(e, url=request.url)
            location = response.headers.get("location")
            if not isinstance(location, str) or not location or hops <= 0 or response.status_code not in self.redirect_response_codes:
                return self._result(response, request, url, history, to_string)
            history.append(response)
            response.release()
            try:
                request.redirect(response.status_code, location)
            except Exception as e:
                return False, self._handle_error(e, url=request.url)
        return False, self._handle_error(RetriesExceeded(url, f"Redirection limit reached ({self.max_redirects})"), url=url)

    def _log(self, e, response, request):
        log = self._conversation_str(request.url, response, payload=request.payload)
        if not isinstance(e, ConnectionError):
            e.http_log = log

    def _result(self, response, request, url, history, to_string):
        if not to_string:
            _go.history(response, history)
            return True, response
        try:
            content = response.content
        except Exception as e:
            return False, self._handle_error(e, url=request.url)
        if content:
            return True, content
        e = EmptyResponse(url, "Empty response body received")
        if not self._may_retry(request):
            raise self._handle_retries_exceeded(url, last_error=e)
        return False, self._handle_error(e, url=request.url)

    def _urlopen(self, request):
        client = self.clientpool.get_client(request.url_split)
        answer = client.request(request.method, request.url_split.quoted_uri, body=request.payload, headers=request.headers)
        return self.response_type(answer, request=request, sent_request=answer._sent_request)
