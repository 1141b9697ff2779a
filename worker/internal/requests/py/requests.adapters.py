"""Adapters: what is mounted for a prefix of URLs. Pools are the worker's own; retries are done here."""
import _requests_go
from requests.exceptions import ConnectionError, ReadTimeout
from urllib3.exceptions import MaxRetryError
from urllib3.poolmanager import PoolManager
from urllib3.util.retry import Retry

DEFAULT_POOLBLOCK, DEFAULT_POOLSIZE, DEFAULT_RETRIES = False, 10, 0


class BaseAdapter:
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    def __init__(self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE, max_retries=DEFAULT_RETRIES, pool_block=DEFAULT_POOLBLOCK):
        self.max_retries = Retry(0, read=False) if max_retries == DEFAULT_RETRIES else Retry.from_int(max_retries)
        self.config, self.proxy_manager = {}, {}
        self._pool_connections, self._pool_maxsize, self._pool_block = pool_connections, pool_maxsize, pool_block
        self._session = None
        self.init_poolmanager(pool_connections, pool_maxsize, block=pool_block)

    def init_poolmanager(self, connections, maxsize, block=DEFAULT_POOLBLOCK, **pool_kwargs):
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)

    def _plain(self):
        """Whether this adapter does no more than a session does by itself."""
        retries = self.max_retries
        return (type(self).send is HTTPAdapter.send and type(self).add_headers is HTTPAdapter.add_headers
                and not retries.total and not retries.status_forcelist)

    def add_headers(self, request, **kwargs):
        pass

    def close(self):
        if self._session is not None:
            self._session.close()

    def _once(self, request, stream, timeout, verify, cert, proxies):
        if self._session is None:
            self._session = _requests_go.Session()
        return _requests_go.transmit(self._session, request, stream, timeout, verify, cert, proxies)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        self.add_headers(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        retries, used, tried = self.max_retries, 0, {"connect": 0, "read": 0, "status": 0}
        while True:
            try:
                response = self._once(request, stream, timeout, verify, cert, proxies)
            except (ConnectionError, ReadTimeout) as error:
                kind = "connect" if isinstance(error.__context__, MaxRetryError) else "read"
                tried[kind] += 1
                if kind == "read" and not retries._allows(request.method) or retries._left(kind, tried[kind]) < 0:
                    raise
                used += 1
                retries._sleep(used)
                continue
            after = response.headers.get("Retry-After")
            again = response.status_code in retries.status_forcelist or (
                retries.total and retries.respect_retry_after_header and after and response.status_code in retries.RETRY_AFTER_STATUS_CODES)
            if not again or not retries._allows(request.method):
                return response
            tried["status"] += 1
            if retries._left("status", tried["status"]) < 0:
                if not retries.raise_on_status:
                    return response
                from urllib.parse import urlsplit
                from _requests_failures import retries_exhausted
                parts = urlsplit(request.url)
                secure = parts.scheme == "https"
                raise retries_exhausted(request, parts.hostname, parts.port or (443 if secure else 80), secure, response.status_code)
            response.close()
            used += 1
            retries._sleep(used, after)
