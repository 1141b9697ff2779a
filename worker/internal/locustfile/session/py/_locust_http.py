"""HttpSession the general way: each method calls the next through its object, as Locust does."""
import os
import sys
import time
import _requests_go
from _requests_go import HttpSession as _HttpSession, ResponseContextManager as _Context
from locust.exception import ResponseError
from requests.adapters import HTTPAdapter, _client_certificate
from requests.exceptions import ConnectionError, InvalidSchema, InvalidURL, MissingSchema, RequestException
from requests.models import Response
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError


def _context():
    """The class of the answers: people put their own in its place."""
    clients = sys.modules.get("locust.clients")
    return getattr(clients, "ResponseContextManager", _Context)


class HttpSession:
    def __init__(self, base_url, request_event, user, *args, pool_manager=None, **kwargs):
        super(_HttpSession, self).__init__(*args, **kwargs)
        self._open(base_url, request_event, user)
        self.mount("https://", LocustHttpAdapter(pool_manager=pool_manager))
        self.mount("http://", LocustHttpAdapter(pool_manager=pool_manager))

    def request(self, method, url, name=None, catch_response=False, context={}, *, data=None, json=None, **kwargs):
        if self.request_name and not name:
            name = self.request_name
        self.explicit_name = name
        complete_url = self._build_url(url)
        start_time, began = time.time(), time.perf_counter()
        response = self._send_request_safe_mode(method, complete_url, data=data, json=json, **kwargs)
        response_time = (time.perf_counter() - began) * 1000
        first = (response.history and response.history[0] or response).request
        if first:
            complete_url = str(first.url)
        if not name:
            name = first.path_url if first else str(url)
        if self.user:
            context = {**self.user.context(), **context}
        request_meta = {
            "request_type": method, "response_time": response_time, "name": name, "context": context, "response": response,
            "exception": None, "start_time": start_time, "url": complete_url}
        if kwargs.get("stream", False):
            request_meta["response_length"] = int(response.headers.get("content-length") or 0)
        else:
            request_meta["response_length"] = len(response.content or b"")
        rcm = _context().wrap_response(
            response, request_event=self.request_event, request_meta=request_meta, catch_response=catch_response)
        if not catch_response:
            rcm.__exit__(None, None, None)
        return rcm

    def _send_request_safe_mode(self, method, url, **kwargs):
        try:
            return super(_HttpSession, self).request(method, url, **kwargs)
        except (MissingSchema, InvalidSchema, InvalidURL):
            raise
        except RequestException as e:
            return _context()(e)

    def prepare_request(self, request):
        prepared = super(_HttpSession, self).prepare_request(request)
        if self.explicit_name:
            prepared._explicit_name = self.explicit_name
        return prepared

    def get(self, url, *, data=None, json=None, **kwargs):
        kwargs.setdefault("allow_redirects", True)
        return self.request("GET", url, data=data, json=json, **kwargs)

    def options(self, url, *, data=None, json=None, **kwargs):
        kwargs.setdefault("allow_redirects", True)
        return self.request("OPTIONS", url, data=data, json=json, **kwargs)

    def head(self, url, *, data=None, json=None, **kwargs):
        kwargs.setdefault("allow_redirects", False)
        return self.request("HEAD", url, data=data, json=json, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request("POST", url, data=data, json=json, **kwargs)

    def put(self, url, data=None, *, json=None, **kwargs):
        return self.request("PUT", url, data=data, json=json, **kwargs)

    def patch(self, url, data=None, *, json=None, **kwargs):
        return self.request("PATCH", url, data=data, json=json, **kwargs)

    def delete(self, url, *, data=None, json=None, **kwargs):
        return self.request("DELETE", url, data=data, json=json, **kwargs)


class ResponseContextManager:
    def raise_for_status(self):
        result = self._manual_result
        if not result:
            if self.error:
                raise self.error
            Response.raise_for_status(self)
        elif isinstance(result, Exception):
            raise result

    def __exit__(self, exc, value, traceback):
        meta, result = self.request_meta, self._manual_result
        if result is not None:
            if result is True:
                meta["exception"] = None
            elif isinstance(result, Exception):
                meta["exception"] = result
            self._report_request()
            return exc is None
        if exc:
            if not isinstance(value, ResponseError):
                return False
            meta["exception"] = value
            self._report_request()
            return True
        url, self.url = self.url, meta["name"]
        try:
            self.raise_for_status()
        except RequestException as e:
            while isinstance(e, (ConnectionError, ProtocolError, MaxRetryError, NewConnectionError)) and e.__context__:
                e = e.__context__
            meta["exception"] = e
        self._report_request()
        self.url = url
        return True


_bodies = {"HttpSession": HttpSession, "ResponseContextManager": ResponseContextManager}
HttpSession, ResponseContextManager = _HttpSession, _Context


class LocustHttpAdapter(HTTPAdapter):
    def __init__(self, pool_manager, *args, **kwargs):
        if pool_manager is not None or not _requests_go.is_stock(self):
            self.poolmanager = pool_manager
        super().__init__(*args, **kwargs)

    def init_poolmanager(self, *args, **kwargs):
        if self.__dict__.get("poolmanager") is None:
            super().init_poolmanager(*args, **kwargs)

    def cert_verify(self, conn, url, verify, cert):
        if url.lower().startswith("https") and verify:
            conn.cert_reqs = "CERT_REQUIRED"
            if verify is not True:
                if not os.path.exists(verify):
                    raise OSError(f"Could not find a suitable TLS CA certificate bundle, invalid path: {verify}")
                setattr(conn, "ca_cert_dir" if os.path.isdir(verify) else "ca_certs", verify)
        else:
            conn.cert_reqs, conn.ca_certs, conn.ca_cert_dir = "CERT_NONE", None, None
        _client_certificate(conn, cert)


_requests_go.watch(LocustHttpAdapter)
