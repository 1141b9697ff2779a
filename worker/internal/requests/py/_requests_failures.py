"""The exceptions of failed requests, each with those that led to it as urllib3 and requests would have raised them."""
import http_errors
from requests import exceptions as requests_failed
from urllib3 import exceptions as lower
from urllib3.connectionpool import HTTPConnection, HTTPSConnection, HTTPConnectionPool, HTTPSConnectionPool


def after(error, before):
    error.__context__ = before
    return error


def pool_of(host, port, secure):
    return (HTTPSConnectionPool if secure else HTTPConnectionPool)(host, port)


def connection_of(host, port, secure):
    return (HTTPSConnection if secure else HTTPConnection)(host, port)


def connect_timeout(host, port, secure, seconds):
    reason = lower.ConnectTimeoutError(connection_of(host, port, secure), f"Connection to {host} timed out. (connect timeout={seconds})")
    return after(reason, TimeoutError("timed out"))


def read_timeout(host, port, secure, path, seconds, pool):
    reason = lower.ReadTimeoutError(pool or pool_of(host, port, secure), path, f"Read timed out. (read timeout={seconds})")
    return after(reason, TimeoutError("timed out"))


def not_resolved(host, port, secure, number, text):
    inner = http_errors.gaierror(number, text)
    return after(lower.NameResolutionError(host, connection_of(host, port, secure), inner), inner)


def not_connected(host, port, secure, inner):
    return after(lower.NewConnectionError(connection_of(host, port, secure), f"Failed to establish a new connection: {inner}"), inner)


def insecure(name, number, text):
    return getattr(http_errors, name)(number, text)


def empty_pool(pool):
    return lower.EmptyPoolError(pool, "Pool is empty and a new connection can't be opened due to blocking mode.")


def failed(request, host, port, secure, path, kind, reason):
    """What requests raises for a reason, where nothing is tried again."""
    if kind == "read":
        return after(requests_failed.ReadTimeout(reason, request=request), reason)
    if kind == "unready":  # the settings of TLS cannot be made
        if not isinstance(reason, (OSError, lower.SSLError)):
            return reason
        kind = "tls" if isinstance(reason, (http_errors.SSLError, lower.SSLError)) else "abort"
    if kind == "abort":
        reason = after(lower.ProtocolError("Connection aborted.", reason), reason)
        return after(requests_failed.ConnectionError(reason, request=request), reason)
    if kind == "tls" and not isinstance(reason, lower.SSLError):
        reason = after(lower.SSLError(reason), reason)
    most = after(lower.MaxRetryError(pool_of(host, port, secure), path, reason), reason)
    cls = requests_failed.SSLError if kind == "tls" else requests_failed.ConnectionError
    if isinstance(reason, lower.ConnectTimeoutError) and not isinstance(reason, lower.NewConnectionError):
        cls = requests_failed.ConnectTimeout
    return after(cls(most, request=request), most)


def http_error(name, text):
    return getattr(http_errors, name)(text)


def _in_body(cls, reason, inner=None):
    return after(cls(reason), after(reason, inner) if inner is not None else reason)


def body_timeout(host, port, secure):
    return _in_body(requests_failed.ConnectionError, lower.ReadTimeoutError(pool_of(host, port, secure), None, "Read timed out."), TimeoutError("timed out"))


def bad_encoding(encoding, why):
    inner = http_errors.ZlibError(f"Error -3 while decompressing data: {why}")
    reason = lower.DecodeError(f"Received response with content-encoding: {encoding}, but failed to decode it.", inner)
    return _in_body(requests_failed.ContentDecodingError, reason, inner)


def bad_brotli(encoding):
    inner = http_errors.BrotliError("brotli: decoder failed")
    reason = lower.DecodeError(f"Received response with content-encoding: {encoding}, but failed to decode it.", inner)
    return _in_body(requests_failed.ContentDecodingError, reason, inner)


def ended_early():
    return _in_body(requests_failed.ChunkedEncodingError, lower.ProtocolError("Response ended prematurely"))


def _broken(inner):
    return _in_body(requests_failed.ChunkedEncodingError, lower.ProtocolError(f"Connection broken: {inner!r}", inner), inner)


def bad_chunk(length):
    return _broken(lower.InvalidChunkLength(None, length))


def incomplete(read, left):
    return _broken(lower.IncompleteRead(read, left))


broken_connection = _broken


def too_many_redirects(most, response, request):
    return requests_failed.TooManyRedirects(f"Exceeded {most} redirects.", response=response, request=request)


def status_error(text, response):
    return requests_failed.HTTPError(text, response=response)


def bad_json(inner, request):
    return after(requests_failed.InvalidJSONError(inner, request=request), inner)


def not_text(name, value, part):
    return requests_failed.InvalidHeader(f"Header part ({part!r}) from ({name!r}, {value!r}) must be of type str or bytes, not {type(part)}")


def not_header(part, is_name):
    kind = "name" if is_name else "value"
    return requests_failed.InvalidHeader(f"Invalid leading whitespace, reserved character(s), or return character(s) in header {kind}: {part!r}")


def no_adapter(url):
    return requests_failed.InvalidSchema(f"No connection adapters were found for {url!r}")


def not_json(error):
    return after(requests_failed.JSONDecodeError(error.msg, error.doc, error.pos), error)


def consumed():
    return requests_failed.StreamConsumedError()


def not_parsed(why):
    inner = lower.LocationParseError(why)
    return after(requests_failed.InvalidURL(*inner.args), inner)
