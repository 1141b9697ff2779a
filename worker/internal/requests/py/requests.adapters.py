"""Adapters: what is mounted for a prefix of URLs, over the pools of urllib3."""
import os
from urllib.parse import urlparse
from requests.auth import _basic_auth_str
from requests.cookies import extract_cookies_to_jar
from requests.exceptions import (
    ConnectionError, ConnectTimeout, InvalidHeader, InvalidProxyURL, InvalidSchema, InvalidURL, ProxyError, ReadTimeout, RetryError,
    SSLError)
from requests.models import Response
from requests.structures import CaseInsensitiveDict
from requests.utils import (
    DEFAULT_CA_BUNDLE_PATH, get_auth_from_url, get_encoding_from_headers, prepend_scheme_if_needed, select_proxy, urldefragauth)
from urllib3.exceptions import (
    ClosedPoolError, ConnectTimeoutError, HTTPError as _HTTPError, InvalidHeader as _InvalidHeader, LocationValueError, MaxRetryError,
    NewConnectionError, ProtocolError, ProxyError as _ProxyError, ReadTimeoutError, ResponseError, SSLError as _SSLError)
from urllib3.poolmanager import PoolManager, proxy_from_url
from urllib3.util import parse_url
from urllib3.util.retry import Retry
from urllib3.util.timeout import Timeout as TimeoutSauce
import _requests_go

DEFAULT_POOLBLOCK, DEFAULT_POOLSIZE, DEFAULT_RETRIES, DEFAULT_POOL_TIMEOUT = False, 10, 0, None


def _tls_arguments(verify, cert):
    """What a pool has to know of the arguments verify and cert."""
    arguments = {"cert_reqs": "CERT_NONE" if verify is False else "CERT_REQUIRED"}
    if isinstance(verify, str):
        arguments["ca_cert_dir" if os.path.isdir(verify) else "ca_certs"] = verify
    if isinstance(cert, tuple) and len(cert) == 2:
        arguments["cert_file"], arguments["key_file"] = cert
    elif cert is not None:
        arguments["cert_file"] = cert
    return arguments


class BaseAdapter:
    def __init__(self):
        super().__init__()

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    __attrs__ = ["max_retries", "config", "_pool_connections", "_pool_maxsize", "_pool_block"]

    def __init__(self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE, max_retries=DEFAULT_RETRIES, pool_block=DEFAULT_POOLBLOCK):
        self.config, self.proxy_manager = {}, {}
        self._pool_connections, self._pool_maxsize, self._pool_block = pool_connections, pool_maxsize, pool_block
        if max_retries == DEFAULT_RETRIES and not pool_block and _requests_go.rest(self, pool_connections, pool_maxsize):
            return
        self.max_retries = Retry(0, read=False) if max_retries == DEFAULT_RETRIES else Retry.from_int(max_retries)
        super().__init__()
        self.init_poolmanager(pool_connections, pool_maxsize, block=pool_block)

    def __getattr__(self, name):
        """What an adapter at rest has besides: the library's own, of which nothing but sizes was set, has no pools until somebody looks
        at them. Until then its requests may go the short way."""
        own = self.__dict__.get("_connections")
        if own is None or name not in ("max_retries", "poolmanager"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        if name == "max_retries":
            self.max_retries = Retry(0, read=False)
        else:
            self.init_poolmanager(self._pool_connections, self._pool_maxsize, block=self._pool_block)
            self.poolmanager._connections = own
        return self.__dict__[name]

    def init_poolmanager(self, connections, maxsize, block=DEFAULT_POOLBLOCK, **pool_kwargs):
        self._pool_connections, self._pool_maxsize, self._pool_block = connections, maxsize, block
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)

    def proxy_manager_for(self, proxy, **proxy_kwargs):
        manager = self.proxy_manager.get(proxy)
        if manager is None:
            if proxy.lower().startswith("socks"):
                raise InvalidSchema("Missing dependencies for SOCKS support.")
            manager = self.proxy_manager[proxy] = proxy_from_url(
                proxy, proxy_headers=self.proxy_headers(proxy), num_pools=self._pool_connections, maxsize=self._pool_maxsize,
                block=self._pool_block, **proxy_kwargs)
        return manager

    def cert_verify(self, conn, url, verify, cert):
        if url.lower().startswith("https") and verify:
            bundle = DEFAULT_CA_BUNDLE_PATH if verify is True else verify
            if not os.path.exists(bundle):
                raise OSError(f"Could not find a suitable TLS CA certificate bundle, invalid path: {bundle}")
            conn.cert_reqs = "CERT_REQUIRED"
            setattr(conn, "ca_cert_dir" if os.path.isdir(bundle) else "ca_certs", bundle)
        else:
            conn.cert_reqs, conn.ca_certs, conn.ca_cert_dir = "CERT_NONE", None, None
        _client_certificate(conn, cert)

    def build_response(self, req, resp):
        response = Response()
        response.status_code = getattr(resp, "status", None)
        response.headers = CaseInsensitiveDict(getattr(resp, "headers", {}))
        response.encoding = get_encoding_from_headers(response.headers)
        response.raw = resp
        response.reason = response.raw.reason
        response.url = req.url.decode("utf-8") if isinstance(req.url, bytes) else req.url
        extract_cookies_to_jar(response.cookies, req, resp)
        response.request = req
        response.connection = self
        return response

    def build_connection_pool_key_attributes(self, request, verify, cert=None):
        scheme, host, port = _requests_go.place(request.url)
        return {"scheme": scheme, "host": host, "port": port}, _tls_arguments(verify, cert)

    def _way(self, url, proxies):
        """The manager of the connections to a URL: that of its proxy, if it has one."""
        proxy = select_proxy(url, proxies)
        if not proxy:
            return self.poolmanager
        proxy = prepend_scheme_if_needed(proxy, "http")
        if not parse_url(proxy).host:
            raise InvalidProxyURL("Please check proxy URL. It is malformed and could be missing the host.")
        return self.proxy_manager_for(proxy)

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        try:
            host, arguments = self.build_connection_pool_key_attributes(request, verify, cert)
        except ValueError as e:
            raise InvalidURL(e, request=request)
        return self._way(request.url, proxies).connection_from_host(**host, pool_kwargs=arguments)

    def get_connection(self, url, proxies=None):
        return self._way(url, proxies).connection_from_url(url)

    def close(self):
        own = self.__dict__.get("_connections")
        if own is not None:
            own.close()
        if own is None or "poolmanager" in self.__dict__:
            self.poolmanager.clear()
        for manager in self.proxy_manager.values():
            manager.clear()

    def request_url(self, request, proxies):
        proxy = select_proxy(request.url, proxies)
        if proxy and urlparse(request.url).scheme != "https" and not urlparse(proxy).scheme.lower().startswith("socks"):
            return urldefragauth(request.url)
        return request.path_url

    def add_headers(self, request, **kwargs):
        pass

    def proxy_headers(self, proxy):
        username, password = get_auth_from_url(proxy)
        return {"Proxy-Authorization": _basic_auth_str(username, password)} if username else {}

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        try:
            conn = self.get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        except LocationValueError as e:
            raise InvalidURL(e, request=request)
        self.cert_verify(conn, request.url, verify, cert)
        url = self.request_url(request, proxies)
        self.add_headers(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        chunked = not (request.body is None or "Content-Length" in request.headers)
        try:
            answer = conn.urlopen(
                method=request.method, url=url, body=request.body, headers=request.headers, redirect=False, assert_same_host=False,
                preload_content=False, decode_content=False, retries=self.max_retries, timeout=_times(timeout), chunked=chunked)
        except (ProtocolError, OSError) as err:
            raise ConnectionError(err, request=request)
        except MaxRetryError as e:
            raise _exhausted(e.reason)(e, request=request)
        except ClosedPoolError as e:
            raise ConnectionError(e, request=request)
        except _ProxyError as e:
            raise ProxyError(e)
        except _SSLError as e:
            raise SSLError(e, request=request)
        except ReadTimeoutError as e:
            raise ReadTimeout(e, request=request)
        except _InvalidHeader as e:
            raise InvalidHeader(e, request=request)
        return self.build_response(request, answer)


def _client_certificate(conn, cert):
    """Tells a pool the client's certificate and its key."""
    if not cert:
        return
    conn.cert_file, conn.key_file = (cert, None) if isinstance(cert, (str, bytes)) else (cert[0], cert[1])
    for name, path in (("certificate", conn.cert_file), ("key", conn.key_file)):
        if path and not os.path.exists(path):
            raise OSError(f"Could not find the TLS {name} file, invalid path: {path}")


def _times(timeout):
    if isinstance(timeout, tuple):
        try:
            connect, read = timeout
        except ValueError:
            raise ValueError(
                f"Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, "
                "or a single float to set both timeouts to the same value.")
        return TimeoutSauce(connect=connect, read=read)
    return timeout if isinstance(timeout, TimeoutSauce) else TimeoutSauce(connect=timeout, read=timeout)


def _exhausted(reason):
    """The class of the exception for a request that has no retry left."""
    if isinstance(reason, ConnectTimeoutError) and not isinstance(reason, NewConnectionError):
        return ConnectTimeout
    for kind, cls in ((ResponseError, RetryError), (_ProxyError, ProxyError), (_SSLError, SSLError)):
        if isinstance(reason, kind):
            return cls
    return ConnectionError


_requests_go.watch(BaseAdapter, HTTPAdapter)
_requests_go.watch_module(globals())
