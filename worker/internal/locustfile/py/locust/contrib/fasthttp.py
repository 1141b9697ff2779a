from _locust_fast import (
    FAILURE_EXCEPTIONS,
    CompatRequest,
    ConnectionError,
    CookieJar,
    FastRequest,
    Headers,
    HTTPClientPool,
    HTTPConnectionClosed,
    HTTPParseError,
    LocustBadStatusCode,
    LocustUserAgent,
    UserAgent,
    _construct_basic_auth_str,
    absolute_http_url_regexp,
    insecure_ssl_context_factory,
)
from _fast_go import CompatResponse
from locust._worker import ErrorResponse, FastHttpSession, FastHttpUser, FastResponse
from locust._worker import FastResponseContextManager as ResponseContextManager
from locust._worker import FastRestResponseContextManager as RestResponseContextManager
from locust.util.deprecation import DeprecatedFastHttpLocustClass as FastHttpLocust
