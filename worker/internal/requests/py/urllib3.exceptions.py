"""The exceptions of urllib3."""
import http_errors


class HTTPError(Exception): pass


class HTTPWarning(Warning): pass


class PoolError(HTTPError):
    def __init__(self, pool, message):
        self.pool, self._message = pool, message
        super().__init__(f"{pool}: {message}")


class RequestError(PoolError):
    def __init__(self, pool, url, message):
        self.url = url
        super().__init__(pool, message)


class SSLError(HTTPError): pass


class ProxyError(HTTPError):
    def __init__(self, message, error):
        super().__init__(message, error)
        self.original_error = error


class DecodeError(HTTPError): pass


class ProtocolError(HTTPError): pass


ConnectionError = ProtocolError


class MaxRetryError(RequestError):
    def __init__(self, pool, url, reason=None):
        self.reason = reason
        super().__init__(pool, url, f"Max retries exceeded with url: {url} (Caused by {reason!r})")


class HostChangedError(RequestError): pass


class TimeoutStateError(HTTPError): pass


class TimeoutError(HTTPError): pass


class ReadTimeoutError(TimeoutError, RequestError): pass


class ConnectTimeoutError(TimeoutError): pass


class NewConnectionError(ConnectTimeoutError, HTTPError):
    def __init__(self, conn, message):
        self.conn, self._message = conn, message
        super().__init__(f"{conn}: {message}")


class NameResolutionError(NewConnectionError):
    def __init__(self, host, conn, reason):
        self._host, self._reason = host, reason
        super().__init__(conn, f"Failed to resolve '{host}' ({reason})")


class EmptyPoolError(PoolError): pass


class FullPoolError(PoolError): pass


class ClosedPoolError(PoolError): pass


class LocationValueError(ValueError, HTTPError): pass


class LocationParseError(LocationValueError):
    def __init__(self, location):
        super().__init__(f"Failed to parse: {location}")
        self.location = location


class URLSchemeUnknown(LocationValueError):
    def __init__(self, scheme):
        self.scheme = scheme
        super().__init__(f"Not supported URL scheme {scheme}")


class ResponseError(HTTPError):
    GENERIC_ERROR = "too many error responses"
    SPECIFIC_ERROR = "too many {status_code} error responses"


class SecurityWarning(HTTPWarning): pass


class InsecureRequestWarning(SecurityWarning): pass


class NotOpenSSLWarning(SecurityWarning): pass


class SystemTimeWarning(SecurityWarning): pass


class InsecurePlatformWarning(SecurityWarning): pass


class DependencyWarning(HTTPWarning): pass


class ResponseNotChunked(ProtocolError, ValueError): pass


class BodyNotHttplibCompatible(HTTPError): pass


class IncompleteRead(HTTPError, http_errors.IncompleteRead):
    def __init__(self, partial, expected):
        self.partial, self.expected = partial, expected

    def __repr__(self):
        return f"IncompleteRead({self.partial} bytes read, {self.expected} more expected)"

    def __str__(self):
        return repr(self)


class InvalidChunkLength(HTTPError, http_errors.IncompleteRead):
    def __init__(self, response, length):
        self.partial, self.expected = 0, None
        self.response, self.length = response, length

    def __repr__(self):
        return f"InvalidChunkLength(got length {self.length!r}, {self.partial} bytes read)"


class InvalidHeader(HTTPError): pass


class ProxySchemeUnknown(AssertionError, URLSchemeUnknown):
    def __init__(self, scheme):
        if scheme in (None, "localhost"):
            message = "Proxy URL had no scheme, should start with http:// or https://"
        else:
            message = f"Proxy URL had unsupported scheme {scheme}, should use http:// or https://"
        super(URLSchemeUnknown, self).__init__(message)


class HeaderParsingError(HTTPError): pass


class UnrewindableBodyError(HTTPError): pass
