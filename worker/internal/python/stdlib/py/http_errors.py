"""The exceptions of socket, ssl, zlib and http.client, which are the same wherever they come from."""


def _of(module):
    def take(cls):
        cls.__module__ = module
        return cls
    return take


@_of("socket")
class gaierror(OSError):
    pass


@_of("socket")
class herror(OSError):
    pass


@_of("ssl")
class SSLError(OSError):
    def __str__(self):
        return self.args[1] if len(self.args) == 2 and isinstance(self.args[1], str) else str(self.args)


@_of("ssl")
class SSLCertVerificationError(SSLError, ValueError):
    pass


@_of("ssl")
class SSLEOFError(SSLError):
    pass


@_of("http.client")
class HTTPException(Exception):
    pass


@_of("http.client")
class LineTooLong(HTTPException):
    pass


@_of("http.client")
class UnknownProtocol(HTTPException):
    pass


@_of("http.client")
class BadStatusLine(HTTPException):
    def __init__(self, line):
        Exception.__init__(self, line)
        self.line = line


@_of("http.client")
class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, text):
        Exception.__init__(self, text)


@_of("http.client")
class IncompleteRead(HTTPException):
    pass


ZlibError = _of("zlib")(type("error", (Exception,), {}))
BrotliError = _of("brotli")(type("error", (Exception,), {}))
