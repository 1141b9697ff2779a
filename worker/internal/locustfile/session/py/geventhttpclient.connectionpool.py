"""The connections to one host and port, no more at a time than the pool's size."""
from base64 import b64encode

import _fast_go as _go
from _ssl_go import bundle


class ConnectionPool:
    DEFAULT_CONNECTION_TIMEOUT = DEFAULT_NETWORK_TIMEOUT = 5.0

    def __init__(self, connection_host, connection_port, request_host, request_port, size=5, disable_ipv6=False, connection_timeout=5.0,
                 network_timeout=5.0, use_proxy=False, proxy_user=None, proxy_password=None, _link=None):
        self.size, self.disable_ipv6, self.connection_timeout, self.network_timeout = size, disable_ipv6, connection_timeout, network_timeout
        self._connection_host, self._connection_port, self._request_host, self._request_port = connection_host, connection_port, request_host, request_port
        self._use_proxy, self._closed = use_proxy, False
        self._proxy_credentials = None
        if proxy_user is not None or proxy_password is not None:
            self._proxy_credentials = f"{proxy_user or ''}:{proxy_password or ''}"
        self._pool = _go.pool(_link, size)

    def _secure(self):
        """The SSLContext and the name to check; None for plain connections."""
        return None, None

    def get_socket(self):
        if self._closed:
            raise RuntimeError("connection pool closed")
        context, name = self._secure()
        authorization = None
        if self._proxy_credentials is not None:
            authorization = "Basic " + b64encode(self._proxy_credentials.encode()).decode()
        return self._pool.connect((self._connection_host, self._connection_port), (self._request_host, self._request_port), self._use_proxy,
                                  authorization, context, name, self.connection_timeout, self.network_timeout, self.disable_ipv6)

    def return_socket(self, connection):
        connection.release(True)

    def release_socket(self, connection):
        connection.release()

    def close(self):
        self._closed = True
        self._pool.close()


def init_ssl_context(ssl_context_factory, ca_certs, check_hostname=True, ssl_options=None):
    options = ssl_options or {}
    try:
        context = ssl_context_factory(cafile=ca_certs)
    except TypeError:
        context = ssl_context_factory()
        if ca_certs:
            context.load_verify_locations(cafile=ca_certs)
    context.check_hostname = check_hostname
    if check_hostname:
        context.verify_mode = 2
    if "certfile" in options and "keyfile" in options:
        context.load_cert_chain(certfile=options["certfile"], keyfile=options["keyfile"])
    if "ciphers" in options:
        context.set_ciphers(options["ciphers"])
    for option in ("options", "verify_flags"):
        if option in options:
            setattr(context, option, options[option])
    return context


class SSLConnectionPool(ConnectionPool):
    def __init__(self, connection_host, connection_port, request_host, request_port, insecure=False, ssl_context_factory=None, ssl_options=None, **kw):
        if ssl_context_factory is None:
            from ssl import create_default_context as ssl_context_factory
        self.insecure = insecure
        self.ssl_options = {"ca_certs": bundle(), **(ssl_options or {})}
        self.ssl_context = init_ssl_context(ssl_context_factory, self.ssl_options["ca_certs"],
                                            check_hostname=not insecure, ssl_options=ssl_options)
        super().__init__(connection_host, connection_port, request_host, request_port, **kw)

    def _secure(self):
        return self.ssl_context, self.ssl_options.get("server_hostname", self._request_host)
