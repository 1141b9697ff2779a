"""websocket-client."""
import json as _json
import _extra_websocket as _go
from urllib.parse import urlsplit

__version__ = "1.8.0"
_default = [None]


class WebSocketException(Exception):
    pass


class WebSocketProtocolException(WebSocketException):
    pass


class WebSocketPayloadException(WebSocketException):
    pass


class WebSocketConnectionClosedException(WebSocketException):
    pass


class WebSocketTimeoutException(WebSocketException):
    pass


class WebSocketProxyException(WebSocketException):
    pass


class WebSocketAddressException(WebSocketException):
    pass


class WebSocketBadStatusException(WebSocketException):
    def __init__(self, message, status_code, status_message=None, resp_headers=None, resp_body=None):
        super().__init__(message)
        self.status_code, self.resp_headers, self.resp_body = status_code, resp_headers, resp_body


class ABNF:
    OPCODE_CONT, OPCODE_TEXT, OPCODE_BINARY, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG = 0, 1, 2, 8, 9, 10


STATUS_NORMAL, STATUS_GOING_AWAY, STATUS_PROTOCOL_ERROR, STATUS_ABNORMAL_CLOSED, STATUS_UNEXPECTED_CONDITION = 1000, 1001, 1002, 1006, 1011


def setdefaulttimeout(timeout):
    _default[0] = timeout


def getdefaulttimeout():
    return _default[0]


def enableTrace(traceable, *args, **kw):
    pass


def _listed(header):
    if not header:
        return []
    return [f"{k}: {v}" for k, v in header.items() if v is not None] if isinstance(header, dict) else list(header)


class WebSocket:
    def __init__(self, get_mask_key=None, sockopt=None, sslopt=None, fire_cont_frame=False, enable_multithread=True, skip_utf8_validation=False, **kw):
        self.sslopt, self.timeout, self.connected, self._socket = sslopt or {}, _default[0], False, None
        self.status, self.headers, self.subprotocol = None, None, None

    def __iter__(self):
        while True:
            yield self.recv()

    __next__ = lambda self: self.recv()

    def settimeout(self, timeout):
        self.timeout = timeout

    def gettimeout(self):
        return self.timeout

    def getstatus(self):
        return self.status

    def getheaders(self):
        return self.headers

    def getsubprotocol(self):
        return self.subprotocol

    @property
    def sock(self):
        return self if self.connected else None

    def connect(self, url, header=None, cookie=None, origin=None, host=None, subprotocols=(), timeout=None, suppress_origin=False, connection=None, **kw):
        if timeout is not None:
            self.timeout = timeout
        parts = urlsplit(url)
        if parts.scheme not in ("ws", "wss"):
            raise ValueError(f"scheme {parts.scheme} is invalid" if parts.scheme else "url is invalid")
        if not parts.hostname:
            raise ValueError("hostname is invalid")
        headers = _listed(header)
        if not suppress_origin and not any(h.lower().startswith("origin:") for h in headers):
            headers.append("Origin: " + (origin or f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}"))
        if cookie:
            headers.append("Cookie: " + cookie)
        verify = self.sslopt.get("cert_reqs", 2) != 0
        try:
            self._socket, self.status, self.headers, self.subprotocol = _go.dial(url, headers, list(subprotocols or ()), self.timeout, verify)
        except TimeoutError:
            raise WebSocketTimeoutException("Connection timed out") from None
        except EOFError:
            raise WebSocketConnectionClosedException("Connection to remote host was lost.") from None
        if self._socket is None:
            from http.client import responses
            reason = responses.get(self.status, "")
            raise WebSocketBadStatusException(f"Handshake status {self.status} {reason} -+-+- {self.headers} -+-+- b''", self.status, reason, self.headers, b"")
        self.connected = True

    def _check(self):
        if self._socket is None:
            raise WebSocketConnectionClosedException("socket is already closed.")

    def send(self, payload, opcode=ABNF.OPCODE_TEXT):
        self._check()
        data = payload.encode() if isinstance(payload, str) else bytes(payload)
        try:
            return _go.send(self._socket, opcode, data, self.timeout)
        except TimeoutError:
            raise WebSocketTimeoutException("Connection timed out") from None
        except (EOFError, BrokenPipeError, ConnectionError):
            self._drop()
            raise WebSocketConnectionClosedException("Connection to remote host was lost.") from None

    def send_text(self, text_data):
        return self.send(text_data, ABNF.OPCODE_TEXT)

    def send_binary(self, payload):
        return self.send(payload, ABNF.OPCODE_BINARY)

    send_bytes = send_binary

    def ping(self, payload=""):
        self.send(payload, ABNF.OPCODE_PING)

    def pong(self, payload=""):
        self.send(payload, ABNF.OPCODE_PONG)

    def recv_data(self, control_frame=False):
        self._check()
        while True:
            try:
                opcode, data = _go.receive(self._socket, self.timeout)
            except TimeoutError:
                raise WebSocketTimeoutException("Connection timed out") from None
            except (EOFError, ConnectionError):
                self._drop()
                raise WebSocketConnectionClosedException("Connection to remote host was lost.") from None
            if opcode == ABNF.OPCODE_CLOSE:
                try:
                    _go.send(self._socket, opcode, data[:2], 1)
                except (OSError, EOFError):
                    pass
                return opcode, data
            if opcode in (ABNF.OPCODE_TEXT, ABNF.OPCODE_BINARY) or control_frame:
                return opcode, data

    def recv(self):
        opcode, data = self.recv_data()
        if opcode == ABNF.OPCODE_TEXT:
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                raise WebSocketPayloadException("cannot decode: " + repr(data)) from None
        return data if opcode == ABNF.OPCODE_BINARY else ""

    def _drop(self):
        s, self._socket, self.connected = self._socket, None, False
        if s is not None:
            _go.close(s)

    def send_close(self, status=STATUS_NORMAL, reason=b""):
        self.send(status.to_bytes(2, "big") + reason, ABNF.OPCODE_CLOSE)

    def close(self, status=STATUS_NORMAL, reason=b"", timeout=3):
        if not self.connected:
            return
        try:
            self.connected = False
            data = status.to_bytes(2, "big") + (reason.encode() if isinstance(reason, str) else reason)
            _go.send(self._socket, ABNF.OPCODE_CLOSE, data, 1)
            while timeout is None or timeout > 0:
                if _go.receive(self._socket, timeout)[0] == ABNF.OPCODE_CLOSE:
                    break
        except (OSError, EOFError):
            pass
        self._drop()

    shutdown = abort = _drop

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def create_connection(url, timeout=None, class_=WebSocket, **options):
    names = ("sockopt", "sslopt", "fire_cont_frame", "enable_multithread", "skip_utf8_validation")
    ws = class_(**{k: options.pop(k) for k in names if k in options})
    ws.settimeout(timeout if timeout is not None else _default[0])
    ws.connect(url, **options)
    return ws


class WebSocketApp:
    def __init__(self, url, header=None, on_open=None, on_reconnect=None, on_message=None, on_error=None, on_close=None, on_ping=None, on_pong=None,
                 on_cont_message=None, keep_running=True, get_mask_key=None, cookie=None, subprotocols=None, on_data=None, socket=None):
        self.url, self.header, self.cookie, self.subprotocols, self.keep_running, self.sock = url, header, cookie, subprotocols, False, None
        self.on_open, self.on_message, self.on_error, self.on_close, self.on_ping, self.on_pong, self.on_data = on_open, on_message, on_error, on_close, on_ping, on_pong, on_data
        self.has_errored = False

    def send(self, data, opcode=ABNF.OPCODE_TEXT):
        if not self.sock or self.sock.send(data, opcode) == 0:
            raise WebSocketConnectionClosedException("Connection is already closed.")

    send_text = send

    def send_bytes(self, data):
        self.send(data, ABNF.OPCODE_BINARY)

    def close(self, **kw):
        self.keep_running = False
        if self.sock:
            self.sock.close(**kw)
            self.sock = None

    def _callback(self, callback, *args):
        if callback:
            try:
                callback(self, *args)
            except Exception as e:
                import logging
                logging.getLogger("websocket").error("error from callback %s: %s", callback, e)
                if self.on_error:
                    self.on_error(self, e)

    def run_forever(self, sockopt=None, sslopt=None, ping_interval=0, ping_timeout=None, ping_payload="", http_proxy_host=None, origin=None, suppress_origin=False, host=None, reconnect=None, **kw):
        self.keep_running, self.has_errored, code, reason = True, False, None, None
        try:
            self.sock = WebSocket(sslopt=sslopt)
            header = self.header() if callable(self.header) else self.header
            self.sock.connect(self.url, header=header, cookie=self.cookie, origin=origin, subprotocols=self.subprotocols or (), suppress_origin=suppress_origin)
            pinger = self._pinger(ping_interval, ping_payload) if ping_interval else None
            self._callback(self.on_open)
            code, reason = self._read()
        except (Exception, SystemExit) as e:
            self.has_errored = True
            self._callback(self.on_error, e)
        finally:
            self.keep_running = False
            if self.sock:
                self.sock._drop()
                self.sock = None
        self._callback(self.on_close, code, reason)
        return self.has_errored

    def _pinger(self, interval, payload):
        import threading
        import time

        def ping():
            while self.keep_running and self.sock:
                time.sleep(interval)
                if self.keep_running and self.sock:
                    self.sock.ping(payload)
        t = threading.Thread(target=ping, daemon=True)
        t.start()
        return t

    def _read(self):
        while self.keep_running and self.sock:
            opcode, data = self.sock.recv_data(control_frame=True)
            if opcode == ABNF.OPCODE_CLOSE:
                return (int.from_bytes(data[:2], "big"), data[2:].decode()) if len(data) >= 2 else (None, None)
            if opcode == ABNF.OPCODE_PING:
                self._callback(self.on_ping, data)
            elif opcode == ABNF.OPCODE_PONG:
                self._callback(self.on_pong, data)
            else:
                text = data.decode() if opcode == ABNF.OPCODE_TEXT else data
                self._callback(self.on_data, text, opcode, True)
                self._callback(self.on_message, text)
        return None, None
