from locust._worker import (
    ErrorResponse,
    FastHttpSession,
    FastHttpUser,
    FastRequest,
    FastResponse,
    LocustBadStatusCode,
    LocustUserAgent,
)
from locust._worker import FastResponseContextManager as ResponseContextManager
from locust._worker import FastRestResponseContextManager as RestResponseContextManager
from locust.util.deprecation import DeprecatedFastHttpLocustClass as FastHttpLocust
