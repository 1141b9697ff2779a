"""Pools of connections to one host. The connections themselves are the worker's own."""
import logging
import http_errors
from urllib3 import exceptions as failed
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ClosedPoolError, EmptyPoolError, HostChangedError, LocationValueError, MaxRetryError, NewConnectionError, ProtocolError, ProxyError,
    SSLError, TimeoutError as _TimeoutError)
from urllib3.util import parse_url
from urllib3.util.retry import Retry
from urllib3.util.ssl_match_hostname import CertificateError
from urllib3.util.timeout import _DEFAULT_TIMEOUT, Timeout
import _requests_go

log = logging.getLogger(__name__)
port_by_scheme = {"http": 80, "https": 443}


def _proxy_error(error, scheme):
    """What went wrong before a proxy could be used."""
    text, hint = str(error).lower(), ""
    if scheme == "https" and any(sign in text for sign in ("wrong version number", "unknown protocol", "record layer failure")):
        hint = (". Your proxy appears to only use HTTP and not HTTPS, try changing your proxy URL to be HTTP. See: "
                "https://urllib3.readthedocs.io/en/latest/advanced-usage.html#https-proxy-error-http-proxy")
    wrapped = ProxyError(f"Unable to connect to proxy{hint}", error)
    wrapped.__cause__ = error
    return wrapped


class ConnectionPool:
    scheme = None

    def __init__(self, host, port=None):
        if not host:
            raise LocationValueError("No host specified.")
        self.host, self.port = host.lower(), port

    def __str__(self):
        return f"{type(self).__name__}(host={self.host!r}, port={self.port!r})"

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()
        return False

    def close(self):
        pass


class HTTPConnectionPool(ConnectionPool):
    scheme = "http"
    ConnectionCls = HTTPConnection

    def __init__(self, host, port=None, timeout=_DEFAULT_TIMEOUT, maxsize=1, block=False, headers=None, retries=None, _proxy=None,
                 _proxy_headers=None, _proxy_config=None, _connections=None, **conn_kw):
        super().__init__(host, port)
        self.timeout = timeout if isinstance(timeout, Timeout) else Timeout.from_float(timeout)
        self.retries = Retry.DEFAULT if retries is None else retries
        self.headers = headers or {}
        self.block, self.proxy, self.proxy_headers, self.proxy_config = block, _proxy, _proxy_headers or {}, _proxy_config
        self.num_connections = self.num_requests = 0
        self.conn_kw = conn_kw
        self.pool = _requests_go.Connections(maxsize, block, _connections)

    def close(self):
        pool, self.pool = self.pool, None
        if pool is not None:
            pool.close()

    def is_same_host(self, url):
        if url.startswith("/"):
            return True
        there = parse_url(url)
        scheme, port = there.scheme or "http", there.port
        usual = port_by_scheme.get(scheme)
        return (scheme, there.host, port or usual) == (self.scheme, self.host, self.port or usual)

    def _get_timeout(self, timeout):
        if timeout is _DEFAULT_TIMEOUT:
            return self.timeout.clone()
        return timeout.clone() if isinstance(timeout, Timeout) else Timeout.from_float(timeout)

    def _new_conn(self):
        self.num_connections += 1
        return self.ConnectionCls(self.host, self.port)

    def _make_request(self, conn, method, url, body=None, headers=None, retries=None, timeout=_DEFAULT_TIMEOUT, chunked=False,
                      pool_timeout=None, **response_kw):
        self.num_requests += 1
        if self.pool is None:
            raise ClosedPoolError(self, "Pool is closed.")
        try:
            answer = _requests_go.exchange(self, method, url, headers, body, chunked, self._get_timeout(timeout), pool_timeout)
        except (http_errors.SSLError, CertificateError) as e:
            if self.proxy is not None:  # it went wrong while the tunnel was made
                raise
            raise SSLError(e)
        answer.retries = retries
        log.debug('%s://%s:%s "%s %s HTTP/1.1" %s', self.scheme, self.host, self.port, method, url, answer.status)
        return answer

    def _failed(self, error):
        """The error of an attempt as the retries judge it."""
        if isinstance(error, (http_errors.SSLError, CertificateError)):
            error = SSLError(error)
        before = _requests_go.before_proxy()
        if before and isinstance(error, (OSError, NewConnectionError, _TimeoutError, SSLError, http_errors.HTTPException)):
            return _proxy_error(error, self.proxy.scheme)
        if isinstance(error, (OSError, http_errors.HTTPException)):
            return ProtocolError("Connection aborted.", error)
        return error

    def urlopen(self, method, url, body=None, headers=None, retries=None, redirect=True, assert_same_host=True, timeout=_DEFAULT_TIMEOUT,
                pool_timeout=None, release_conn=None, chunked=False, body_pos=None, preload_content=True, decode_content=True, **response_kw):
        url, tunnel = self._target(url)
        headers = self.headers if headers is None else headers
        if not isinstance(retries, Retry):
            retries = Retry.from_int(retries, redirect=redirect, default=self.retries)
        if assert_same_host and not self.is_same_host(url):
            raise HostChangedError(self, url, retries)
        if self.proxy_headers and not tunnel:
            headers = headers.copy()
            headers.update(self.proxy_headers)
        while True:
            try:
                response = self._make_request(
                    None, method, url, body=body, headers=headers, retries=retries, timeout=timeout, chunked=chunked,
                    pool_timeout=pool_timeout)
            except EmptyPoolError:
                raise
            except (_TimeoutError, http_errors.HTTPException, OSError, ProtocolError, SSLError, CertificateError, ProxyError) as e:
                retries = retries.increment(method, url, error=self._failed(e), _pool=self)
                retries.sleep()
                log.warning("Retrying (%r) after connection broken by '%r': %s", retries, e, url)
                continue
            location = redirect and response.get_redirect_location()
            if location:
                return self._redirected(
                    method, url, location, response, body=body, headers=headers, retries=retries, redirect=redirect,
                    assert_same_host=assert_same_host, timeout=timeout, pool_timeout=pool_timeout, chunked=chunked,
                    preload_content=preload_content, decode_content=decode_content)
            again = retries.is_retry(method, response.status, bool(response.headers.get("Retry-After")))
            if again:
                try:
                    retries = retries.increment(method, url, response=response, _pool=self)
                except MaxRetryError:
                    if retries.raise_on_status:
                        response.drain_conn()
                        raise
                    again = False
            if not again:
                if preload_content:
                    response.data
                return response
            response.drain_conn()
            retries.sleep(response)
            log.debug("Retry: %s", url)

    def _target(self, url):
        """What the request line says, and whether a tunnel leads there."""
        if url.startswith("/"):
            return url, self.proxy is not None and self.scheme == "https"
        parsed = parse_url(url)
        return parsed._replace(fragment=None).url, self.proxy is not None and parsed.scheme == "https"

    def _redirected(self, method, url, location, response, **kw):
        if response.status == 303:
            method, kw["body"], kw["chunked"] = "GET", None, False
        try:
            kw["retries"] = kw["retries"].increment(method, url, response=response, _pool=self)
        except MaxRetryError:
            if kw["retries"].raise_on_redirect:
                response.drain_conn()
                raise
            return response
        response.drain_conn()
        kw["retries"].sleep_for_retry(response)
        return self.urlopen(method, location, **kw)

    def request(self, method, url, body=None, fields=None, headers=None, json=None, **urlopen_kw):
        from urllib3.poolmanager import request_parts
        url, body, headers = request_parts(method, url, body, fields, self.headers if headers is None else headers, json)
        return self.urlopen(method, url, body=body, headers=headers, **urlopen_kw)


class HTTPSConnectionPool(HTTPConnectionPool):
    scheme = "https"
    ConnectionCls = HTTPSConnection

    ca_cert_data = server_hostname = ssl_context = None

    def __init__(self, host, port=None, timeout=_DEFAULT_TIMEOUT, maxsize=1, block=False, headers=None, retries=None, _proxy=None,
                 _proxy_headers=None, key_file=None, cert_file=None, cert_reqs=None, key_password=None, ca_certs=None, ssl_version=None,
                 ssl_minimum_version=None, ssl_maximum_version=None, assert_hostname=None, assert_fingerprint=None, ca_cert_dir=None,
                 **conn_kw):
        super().__init__(host, port, timeout, maxsize, block, headers, retries, _proxy, _proxy_headers, **conn_kw)
        self.key_file, self.cert_file, self.cert_reqs, self.key_password = key_file, cert_file, cert_reqs, key_password
        self.ca_certs, self.ca_cert_dir, self.ssl_version = ca_certs, ca_cert_dir, ssl_version
        self.ssl_minimum_version, self.ssl_maximum_version = ssl_minimum_version, ssl_maximum_version
        self.assert_hostname, self.assert_fingerprint = assert_hostname, assert_fingerprint
        for name in ("ca_cert_data", "server_hostname", "ssl_context"):
            if name in conn_kw:
                setattr(self, name, conn_kw[name])


def connection_from_url(url, **kw):
    there = parse_url(url)
    scheme = there.scheme or "http"
    return (HTTPSConnectionPool if scheme == "https" else HTTPConnectionPool)(there.host, there.port or port_by_scheme.get(scheme, 80), **kw)


_requests_go.watch(ConnectionPool, HTTPConnectionPool, HTTPSConnectionPool)
