"""Pools of pools: one for each host, and for each way to speak to it."""
import json as _json
from collections import OrderedDict, namedtuple
from urllib.parse import urlencode, urljoin
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool, port_by_scheme
from urllib3.exceptions import LocationValueError, MaxRetryError, ProxySchemeUnknown, URLSchemeUnknown
from urllib3.util import parse_url
from urllib3.util.retry import Retry
import _requests_go

_TLS = ("key_file", "cert_file", "cert_reqs", "ca_certs", "ca_cert_dir", "ca_cert_data", "ssl_version", "ssl_minimum_version",
        "ssl_maximum_version", "key_password", "ssl_context", "assert_hostname", "assert_fingerprint", "server_hostname")
_IN_URL = frozenset(["DELETE", "GET", "HEAD", "OPTIONS"])
ProxyConfig = namedtuple("ProxyConfig", "ssl_context use_forwarding_for_https assert_hostname assert_fingerprint")
pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}


def _parts(fields):
    """The fields of a form as files: what is no tuple has no name of its own."""
    for name, value in fields.items() if hasattr(fields, "items") else fields:
        if not isinstance(value, tuple):
            value = (None, value if isinstance(value, (str, bytes)) else str(value))
        elif len(value) == 2:
            import mimetypes
            value = (*value, mimetypes.guess_type(value[0])[0] or "application/octet-stream")
        yield name, value


def request_parts(method, url, body, fields, headers, json):
    """The URL, the body and the headers of the arguments of request."""
    headers = dict(headers or {})
    if json is not None:
        if body is not None:
            raise TypeError("request got values for both 'body' and 'json' parameters which are mutually exclusive")
        if not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = "application/json"
        body = _json.dumps(json, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    if fields and method.upper() in _IN_URL:
        url += "?" + urlencode(fields)
    elif fields:
        if body is not None:
            raise TypeError("request got values for both 'fields' and 'body', can only specify one.")
        body, kind = _requests_go.form_data(_parts(fields))
        headers.setdefault("Content-Type", kind)
    return url, body, headers


class _Pools(OrderedDict):
    """The pools that were used last; what falls out is closed."""

    def __init__(self, most):
        super().__init__()
        self._most = most

    def use(self, key, make):
        pool = self.pop(key, None)
        if pool is None:
            pool = make()
        self[key] = pool
        if len(self) > self._most:
            old = self.popitem(last=False)[1]
            if old is not pool:
                old.close()
        return pool

    def clear(self):
        for pool in list(self.values()):
            pool.close()
        super().clear()


class PoolManager:
    proxy = proxy_config = None
    _last = None

    def __init__(self, num_pools=10, headers=None, **connection_pool_kw):
        if "retries" in connection_pool_kw and not isinstance(connection_pool_kw["retries"], Retry):
            connection_pool_kw["retries"] = Retry.from_int(connection_pool_kw["retries"])
        self.headers, self.connection_pool_kw = headers or {}, connection_pool_kw
        self.pools = _Pools(num_pools)
        self._connections = _requests_go.Connections(0, False, None)
        self.pool_classes_by_scheme = pool_classes_by_scheme

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.clear()
        return False

    def clear(self):
        self.pools.clear()

    def _new_pool(self, scheme, host, port, request_context=None):
        context = self.connection_pool_kw.copy() if request_context is None else request_context
        without = ("scheme", "host", "port", "blocksize", *(_TLS if scheme == "http" else ()))
        kw = {name: value for name, value in context.items() if name not in without}
        kw["_connections"] = self._connections
        return self.pool_classes_by_scheme[scheme](host, port, **kw)

    def connection_from_host(self, host, port=None, scheme="http", pool_kwargs=None):
        if not host:
            raise LocationValueError("No host specified.")
        asked = host, port, scheme, pool_kwargs, self.connection_pool_kw
        if self._last is not None and self._last[0] == asked and self._last[1].pool is not None:
            return self._last[1]
        pool = self._connection_from_host(host, port, scheme, pool_kwargs)
        self._last = (host, port, scheme, pool_kwargs and pool_kwargs.copy(), self.connection_pool_kw.copy()), pool
        return pool

    def _connection_from_host(self, host, port, scheme, pool_kwargs):
        context = {name: value for name, value in {**self.connection_pool_kw, **(pool_kwargs or {})}.items() if value is not None}
        context["scheme"] = scheme or "http"
        context["port"], context["host"] = port or port_by_scheme.get(context["scheme"].lower(), 80), host
        return self.connection_from_context(context)

    def connection_from_context(self, request_context):
        scheme = request_context["scheme"].lower()
        if scheme not in self.pool_classes_by_scheme:
            raise URLSchemeUnknown(scheme)
        key = frozenset((name, self._key(name, value)) for name, value in {**request_context, "host": request_context["host"].lower()}.items())
        return self.connection_from_pool_key(key, request_context)

    def _key(self, name, value):
        if name in ("headers", "_proxy_headers", "_socks_options"):
            return frozenset(value.items())
        return tuple(value) if name == "socket_options" else value

    def connection_from_pool_key(self, pool_key, request_context):
        scheme, host, port = (request_context[name] for name in ("scheme", "host", "port"))
        return self.pools.use(pool_key, lambda: self._new_pool(scheme.lower(), host, port, request_context=request_context))

    def connection_from_url(self, url, pool_kwargs=None):
        there = parse_url(url)
        return self.connection_from_host(there.host, port=there.port, scheme=there.scheme, pool_kwargs=pool_kwargs)

    def urlopen(self, method, url, redirect=True, **kw):
        there = parse_url(url)
        conn = self.connection_from_host(there.host, port=there.port, scheme=there.scheme)
        kw.setdefault("headers", self.headers)
        whole = self.proxy is not None and there.scheme != "https"
        target = there._replace(fragment=None).url if whole else there.request_uri
        response = conn.urlopen(method, target, **{**kw, "assert_same_host": False, "redirect": False})
        location = redirect and response.get_redirect_location()
        if not location:
            return response
        if response.status == 303:
            method, kw["body"] = "GET", None
            kw["headers"] = {n: v for n, v in kw["headers"].items() if not n.lower().startswith("content-") and n.lower() != "transfer-encoding"}
        location = urljoin(url, location)
        retries = kw.get("retries", response.retries)
        if not isinstance(retries, Retry):
            retries = Retry.from_int(retries, redirect=redirect)
        if retries.remove_headers_on_redirect and not conn.is_same_host(location):
            kw["headers"] = {n: v for n, v in kw["headers"].items() if n.lower() not in retries.remove_headers_on_redirect}
        try:
            kw["retries"] = retries.increment(method, url, response=response, _pool=conn)
        except MaxRetryError:
            if retries.raise_on_redirect:
                response.drain_conn()
                raise
            return response
        response.drain_conn()
        return self.urlopen(method, location, redirect=redirect, **kw)

    def request(self, method, url, body=None, fields=None, headers=None, json=None, **urlopen_kw):
        method = method.upper()
        url, body, headers = request_parts(method, url, body, fields, self.headers if headers is None else headers, json)
        return self.urlopen(method, url, body=body, headers=headers, **urlopen_kw)


class ProxyManager(PoolManager):
    def __init__(self, proxy_url, num_pools=10, headers=None, proxy_headers=None, proxy_ssl_context=None, use_forwarding_for_https=False,
                 proxy_assert_hostname=None, proxy_assert_fingerprint=None, **connection_pool_kw):
        proxy = parse_url(proxy_url)
        if proxy.scheme not in port_by_scheme:
            raise ProxySchemeUnknown(proxy.scheme)
        if use_forwarding_for_https:
            raise NotImplementedError("urllib3.ProxyManager: the argument use_forwarding_for_https: the worker asks proxies for tunnels")
        self.proxy = proxy._replace(port=proxy.port or port_by_scheme[proxy.scheme])
        self.proxy_headers, self.proxy_ssl_context = proxy_headers or {}, proxy_ssl_context
        self.proxy_config = ProxyConfig(proxy_ssl_context, use_forwarding_for_https, proxy_assert_hostname, proxy_assert_fingerprint)
        super().__init__(num_pools, headers, **connection_pool_kw, _proxy=self.proxy, _proxy_headers=self.proxy_headers,
                         _proxy_config=self.proxy_config)

    def connection_from_host(self, host, port=None, scheme="http", pool_kwargs=None):
        if scheme != "https":
            host, port, scheme = self.proxy.host, self.proxy.port, self.proxy.scheme
        return super().connection_from_host(host, port, scheme, pool_kwargs=pool_kwargs)

    def urlopen(self, method, url, redirect=True, **kw):
        there = parse_url(url)
        if there.scheme != "https":
            kw["headers"] = {"Accept": "*/*", "Host": there.netloc, **(kw.get("headers") or self.headers)}
        return super().urlopen(method, url, redirect=redirect, **kw)


def proxy_from_url(url, **kw):
    return ProxyManager(proxy_url=url, **kw)


_requests_go.watch(PoolManager, ProxyManager)
