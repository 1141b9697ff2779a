"""Pools as objects: what requests and Locust take. Requests on them go through requests."""


class PoolManager:
    def __init__(self, num_pools=10, headers=None, **connection_pool_kw):
        self.num_pools, self.headers, self.connection_pool_kw = num_pools, headers or {}, connection_pool_kw

    def clear(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False

    def request(self, method, url, body=None, fields=None, headers=None, json=None, timeout=None, retries=None, redirect=True, preload_content=True, **kw):
        import requests
        with requests.Session() as session:
            session.headers.clear()
            session.headers.update({"Accept-Encoding": "identity", "User-Agent": "python-urllib3/2.8.0"})
            params, data = (fields, body) if method.upper() in ("GET", "HEAD", "DELETE", "OPTIONS") else (None, body if body is not None else fields)
            response = session.request(method, url, params=params, data=data, json=json, headers={**self.headers, **(headers or {})}, timeout=timeout, allow_redirects=redirect)
        return _Answer(response)


class _Answer:
    def __init__(self, response):
        self.status, self.reason, self.headers, self.data = response.status_code, response.reason, response.headers, response.content

    def json(self):
        import json
        return json.loads(self.data)

    def release_conn(self):
        pass


class ProxyManager(PoolManager):
    def __init__(self, proxy_url, **kw):
        raise NotImplementedError("proxies are not supported")
