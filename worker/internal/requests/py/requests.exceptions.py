"""The exceptions of requests."""
import json
import urllib3.exceptions


class RequestException(IOError):
    def __init__(self, *args, **kwargs):
        self.response = kwargs.pop("response", None)
        self.request = kwargs.pop("request", None)
        if self.response is not None and not self.request:
            self.request = getattr(self.response, "request", None)
        super().__init__(*args, **kwargs)


class InvalidJSONError(RequestException): pass


class JSONDecodeError(InvalidJSONError, json.JSONDecodeError):
    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        InvalidJSONError.__init__(self, f"{msg}: line {self.lineno} column {self.colno} (char {pos})")


class HTTPError(RequestException): pass


class ConnectionError(RequestException): pass


class ProxyError(ConnectionError): pass


class SSLError(ConnectionError): pass


class Timeout(RequestException): pass


class ConnectTimeout(ConnectionError, Timeout): pass


class ReadTimeout(Timeout): pass


class URLRequired(RequestException): pass


class TooManyRedirects(RequestException): pass


class MissingSchema(RequestException, ValueError): pass


class InvalidSchema(RequestException, ValueError): pass


class InvalidURL(RequestException, ValueError): pass


class InvalidHeader(RequestException, ValueError): pass


class InvalidProxyURL(InvalidURL): pass


class ChunkedEncodingError(RequestException): pass


class ContentDecodingError(RequestException, urllib3.exceptions.HTTPError): pass


class StreamConsumedError(RequestException, TypeError): pass


class RetryError(RequestException): pass


class UnrewindableBodyError(RequestException): pass


class RequestsWarning(Warning): pass


class FileModeWarning(RequestsWarning, DeprecationWarning): pass


class RequestsDependencyWarning(RequestsWarning): pass
