"""WebSocket: one connection."""
import struct
import threading
import time

from websocket._abnf import *
from websocket._abnf import ABNF, STATUS_NORMAL, continuous_frame
from websocket._exceptions import *
from websocket._http import REDIRECTS, connect, getdefaulttimeout, handshake
from websocket._logging import error, isEnabledForError


class sock_opt:
    def __init__(self, sockopt, sslopt):
        self.sockopt, self.sslopt, self.timeout = sockopt or [], sslopt or {}, None


class _NoLock:
    def __enter__(self):
        pass

    def __exit__(self, *exc):
        pass


def _bytes(reason):
    return b"" if reason is None else reason.encode() if isinstance(reason, str) else bytes(reason)


class WebSocket:
    def __init__(self, get_mask_key=None, sockopt=None, sslopt=None, fire_cont_frame=False, enable_multithread=True,
                 skip_utf8_validation=False, dispatcher=None, **_):
        self.sock_opt, self.handshake_response, self.sock, self.connected, self.close_frame = sock_opt(sockopt, sslopt), None, None, False, None
        self.get_mask_key, self.dispatcher, self._skip = get_mask_key, dispatcher, skip_utf8_validation
        self.cont_frame = continuous_frame(fire_cont_frame, skip_utf8_validation)
        self.lock, self.readlock = (threading.Lock(), threading.Lock()) if enable_multithread else (_NoLock(), _NoLock())

    def __iter__(self):
        while True:
            yield self.recv()

    def __next__(self):
        return self.recv()

    def next(self):
        return self.__next__()

    def fileno(self):
        if self.sock is None:
            raise WebSocketException("Connection not established")
        return self.sock.fileno()

    def set_mask_key(self, func):
        self.get_mask_key = func

    def gettimeout(self):
        return self.sock_opt.timeout

    def settimeout(self, timeout):
        self.sock_opt.timeout = timeout
        if self.sock:
            self.sock.settimeout(timeout)

    timeout = property(gettimeout, settimeout)

    def _told(self, name):
        return getattr(self.handshake_response, name) if self.handshake_response else None

    def getsubprotocol(self):
        return self._told("subprotocol")

    def getstatus(self):
        return self._told("status")

    def getheaders(self):
        return self._told("headers")

    subprotocol, status, headers = property(getsubprotocol), property(getstatus), property(getheaders)

    def is_ssl(self):
        return self.sock is not None and self.sock.secure

    def connect(self, url, **options):
        self.sock_opt.timeout = options.get("timeout", self.sock_opt.timeout)
        if options.get("socket") is not None:
            raise NotImplementedError("websocket: the option socket: the worker's connections are its own")
        self.sock, *to = connect(url, self.sock_opt, options)
        try:
            self.handshake_response = handshake(self.sock, url, *to, options)
            for _ in range(options.pop("redirect_limit", 3)):
                if self.handshake_response.status in REDIRECTS:
                    self._follow(options)
            if self.handshake_response.status in REDIRECTS:
                raise WebSocketException("Redirect limit exhausted")
            self.connected = True
            self.sock.opened(url)
        except BaseException:
            if self.sock:
                self.sock.close()
                self.sock = None
            raise

    def _follow(self, options):
        url = self.handshake_response.headers.get("location")
        if url is None:
            raise WebSocketException(f"Redirect response without Location header, status {self.handshake_response.status}")
        self.sock.close()
        try:
            self.sock, *to = connect(url, self.sock_opt, options)
        except ValueError as e:
            raise WebSocketException(f"Invalid redirect target {url!r}: {e}") from e
        self.handshake_response = handshake(self.sock, url, *to, options)

    def send(self, payload, opcode=ABNF.OPCODE_TEXT):
        return self.send_frame(ABNF.create_frame(payload, opcode))

    def send_text(self, text_data):
        return self.send(text_data, ABNF.OPCODE_TEXT)

    def send_bytes(self, data):
        return self.send(data, ABNF.OPCODE_BINARY)

    def send_binary(self, payload):
        return self.send(payload, ABNF.OPCODE_BINARY)

    def send_frame(self, frame):
        if self.get_mask_key:
            frame.get_mask_key = self.get_mask_key
        data = frame.format()
        length = len(data)
        with self.lock:
            while data:
                data = data[self._send(data):]
        return length

    def ping(self, payload=""):
        self.send(payload.encode() if isinstance(payload, str) else payload, ABNF.OPCODE_PING)

    def pong(self, payload=""):
        self.send(payload.encode() if isinstance(payload, str) else payload, ABNF.OPCODE_PONG)

    def recv(self):
        with self.readlock:
            opcode, data = self.recv_data()
        if opcode == ABNF.OPCODE_TEXT:
            return data.decode("utf-8")
        return data if opcode == ABNF.OPCODE_BINARY else ""

    def recv_data(self, control_frame=False):
        opcode, frame = self.recv_data_frame(control_frame)
        return opcode, frame.data

    def recv_data_frame(self, control_frame=False):
        while True:
            frame = self.recv_frame()
            if frame.opcode in (ABNF.OPCODE_TEXT, ABNF.OPCODE_BINARY, ABNF.OPCODE_CONT):
                self.cont_frame.validate(frame)
                self.cont_frame.add(frame)
                if self.cont_frame.is_fire(frame):
                    return self.cont_frame.extract(frame)
                continue
            if frame.opcode == ABNF.OPCODE_CLOSE:
                self.send_close()
                return frame.opcode, frame
            if frame.opcode == ABNF.OPCODE_PING:
                if len(frame.data) >= 126:
                    raise WebSocketProtocolException("Ping message is too long")
                self.pong(frame.data)
            if control_frame:
                return frame.opcode, frame

    def recv_frame(self):
        if self.sock is None:
            raise WebSocketConnectionClosedException("Connection is closed")
        try:
            first, masked, data = self.sock.frame()
        except WebSocketConnectionClosedException:
            if self.sock:
                self.sock.close()
            self.sock, self.connected = None, False
            raise
        frame = ABNF(first >> 7, first >> 6 & 1, first >> 5 & 1, first >> 4 & 1, first & 15, masked, data)
        frame.validate(self._skip)
        return frame

    def send_close(self, status=STATUS_NORMAL, reason=b""):
        if status < 0 or status >= ABNF.LENGTH_16:
            raise ValueError("code is invalid range")
        self.connected = False
        self.send(struct.pack("!H", status) + _bytes(reason), ABNF.OPCODE_CLOSE)

    def close(self, status=STATUS_NORMAL, reason=b"", timeout=3):
        if not self.connected:
            return
        if status < 0 or status >= ABNF.LENGTH_16:
            raise ValueError("code is invalid range")
        self.close_frame = None
        try:
            self.send_close(status, reason)
            if self.sock is None:
                return
            self.sock.settimeout(timeout)
            self._await_close(timeout)
        except Exception:
            pass
        self.shutdown()

    def _await_close(self, timeout):
        began = time.time()
        while timeout is None or time.time() - began < timeout:
            try:
                frame = self.recv_frame()
                if frame.opcode != ABNF.OPCODE_CLOSE:
                    continue
                self.close_frame = frame
                if isEnabledForError():
                    code = struct.unpack("!H", frame.data[0:2])[0]
                    if code != STATUS_NORMAL and not 3000 <= code <= 4999:
                        error(f"close status: {code!r}")
            except (WebSocketConnectionClosedException, WebSocketTimeoutException, struct.error):
                pass
            break

    def abort(self):
        if self.connected and self.sock is not None:
            self.sock.shutdown()

    def shutdown(self):
        if self.sock:
            if not self.sock._closed:
                self.sock.close()
            self.sock, self.connected = None, False

    def _send(self, data):
        if self.sock is None:
            raise WebSocketConnectionClosedException("socket is already closed.")
        return self.dispatcher.send(self.sock, data) if self.dispatcher else self.sock.send(data)


def create_connection(url, timeout=None, class_=WebSocket, **options):
    made = {name: options.pop(name, default) for name, default in (
        ("sockopt", []), ("sslopt", {}), ("fire_cont_frame", False), ("enable_multithread", True), ("skip_utf8_validation", False))}
    ws = class_(**made, **options)
    ws.settimeout(timeout if timeout is not None else getdefaulttimeout())
    ws.connect(url, **options)
    return ws
