"""The exceptions of failed requests, each with those that led to it as urllib3 and requests would have raised them."""
import http_errors
from requests.exceptions import *
from requests import exceptions as failed
from urllib3 import exceptions as lower
from urllib3.connectionpool import HTTPConnection, HTTPSConnection, HTTPConnectionPool, HTTPSConnectionPool


def after(error, before):
    error.__context__ = before
    return error


def pool_of(host, port, secure):
    return (HTTPSConnectionPool if secure else HTTPConnectionPool)(host, port)


def connection_of(host, port, secure):
    return (HTTPSConnection if secure else HTTPConnection)(host, port)


def _retries_exhausted(cls, request, pool, path, reason):
    most = after(lower.MaxRetryError(pool, path, reason), reason)
    return after(cls(most, request=request), most)


def connect_timeout(request, host, port, secure, path, seconds):
    reason = lower.ConnectTimeoutError(connection_of(host, port, secure), f"Connection to {host} timed out. (connect timeout={seconds})")
    after(reason, TimeoutError("timed out"))
    return _retries_exhausted(failed.ConnectTimeout, request, pool_of(host, port, secure), path, reason)


def read_timeout(request, host, port, secure, path, seconds):
    reason = lower.ReadTimeoutError(pool_of(host, port, secure), path, f"Read timed out. (read timeout={seconds})")
    after(reason, TimeoutError("timed out"))
    return after(failed.ReadTimeout(reason, request=request), reason)


def not_resolved(request, host, port, secure, path, number, text):
    inner = http_errors.gaierror(number, text)
    reason = after(lower.NameResolutionError(host, connection_of(host, port, secure), inner), inner)
    return _retries_exhausted(failed.ConnectionError, request, pool_of(host, port, secure), path, reason)


def not_connected(request, host, port, secure, path, inner):
    reason = after(lower.NewConnectionError(connection_of(host, port, secure), f"Failed to establish a new connection: {inner}"), inner)
    return _retries_exhausted(failed.ConnectionError, request, pool_of(host, port, secure), path, reason)


def insecure(request, host, port, secure, path, verify, text):
    inner = (http_errors.SSLCertVerificationError if verify else http_errors.SSLError)(1, text)
    reason = after(lower.SSLError(inner), inner)
    return _retries_exhausted(failed.SSLError, request, pool_of(host, port, secure), path, reason)


def aborted(request, host, port, secure, path, inner):
    reason = after(lower.ProtocolError("Connection aborted.", inner), inner)
    return after(failed.ConnectionError(reason, request=request), reason)


def http_error(name, text):
    return getattr(http_errors, name)(text)


def _in_body(cls, reason, inner=None):
    return after(cls(reason), after(reason, inner) if inner is not None else reason)


def body_timeout(host, port, secure):
    return _in_body(failed.ConnectionError, lower.ReadTimeoutError(pool_of(host, port, secure), None, "Read timed out."), TimeoutError("timed out"))


def bad_encoding(encoding, why):
    inner = http_errors.ZlibError(f"Error -3 while decompressing data: {why}")
    reason = lower.DecodeError(f"Received response with content-encoding: {encoding}, but failed to decode it.", inner)
    return _in_body(failed.ContentDecodingError, reason, inner)


def ended_early():
    return _in_body(failed.ChunkedEncodingError, lower.ProtocolError("Response ended prematurely"))


def _broken(inner):
    return _in_body(failed.ChunkedEncodingError, lower.ProtocolError(f"Connection broken: {inner!r}", inner), inner)


def bad_chunk(length):
    return _broken(lower.InvalidChunkLength(None, length))


def incomplete(read, left):
    return _broken(lower.IncompleteRead(read, left))


broken_connection = _broken


def too_many_redirects(most, response, request):
    return failed.TooManyRedirects(f"Exceeded {most} redirects.", response=response, request=request)


def status_error(text, response):
    return failed.HTTPError(text, response=response)


def bad_json(inner, request):
    return after(failed.InvalidJSONError(inner, request=request), inner)


def not_text(name, value, part):
    return failed.InvalidHeader(f"Header part ({part!r}) from ({name!r}, {value!r}) must be of type str or bytes, not {type(part)}")


def not_header(part, is_name):
    kind = "name" if is_name else "value"
    return failed.InvalidHeader(f"Invalid leading whitespace, reserved character(s), or return character(s) in header {kind}: {part!r}")


def no_adapter(url):
    return failed.InvalidSchema(f"No connection adapters were found for {url!r}")


def not_json(error):
    return after(failed.JSONDecodeError(error.msg, error.doc, error.pos), error)


def consumed():
    return failed.StreamConsumedError()


def not_parsed(why):
    inner = lower.LocationParseError(why)
    return after(failed.InvalidURL(*inner.args), inner)


def retries_exhausted(request, host, port, secure, status):
    reason = lower.ResponseError(lower.ResponseError.SPECIFIC_ERROR.format(status_code=status))
    most = lower.MaxRetryError(pool_of(host, port, secure), request.path_url, reason)
    return after(failed.RetryError(most, request=request), most)
