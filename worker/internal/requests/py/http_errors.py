"""The exceptions of socket, ssl, zlib and http.client that requests meet, where the modules themselves are not at hand."""


class gaierror(OSError):
    pass


class SSLError(OSError):
    pass


class SSLCertVerificationError(SSLError, ValueError):
    pass


class SSLEOFError(SSLError):
    pass


class HTTPException(Exception):
    pass


class LineTooLong(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        Exception.__init__(self, line)
        self.line = line


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, text):
        Exception.__init__(self, text)


class IncompleteRead(HTTPException):
    pass


ZlibError = type("error", (Exception,), {})
