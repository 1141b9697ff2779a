"""urllib3's connections, as messages show them."""
from _requests_go import default_socket_options


class HTTPConnection:
    default_port, default_socket_options = 80, default_socket_options

    def __init__(self, host, port=None):
        self.host, self.port = host, port

    def __str__(self):
        return f"{type(self).__name__}(host={self.host!r}, port={self.port!r})"

    def __repr__(self):
        # CPython shows the object's address; a constant keeps equal failures one row of the statistics.
        return f"<{type(self).__name__}(host={self.host!r}, port={self.port}) at 0x....>"


class HTTPSConnection(HTTPConnection):
    default_port = 443
