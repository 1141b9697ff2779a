"""What geventhttpclient raises of an answer, and its answers."""
from _fast_go import HTTPSocketPoolResponse


class HTTPParseError(Exception):
    pass


HTTPParseError.__module__ = "geventhttpclient._parser"


class HTTPConnectionClosed(HTTPParseError):
    pass


class HTTPProtocolViolationError(HTTPParseError):
    pass


HTTPSocketResponse = HTTPResponse = HTTPSocketPoolResponse
