"""WebSocketApp: a connection whose events are functions."""
import threading
import time

from websocket._abnf import ABNF
from websocket._core import WebSocket, getdefaulttimeout
from websocket._exceptions import *
from websocket._http import parse_url
from websocket._logging import error

_reconnect = [0]


def set_reconnect(reconnectInterval):
    _reconnect[0] = reconnectInterval


class WebSocketApp:
    def __init__(self, url, header=None, on_open=None, on_reconnect=None, on_message=None, on_error=None, on_close=None, on_ping=None, on_pong=None,
                 on_cont_message=None, keep_running=True, get_mask_key=None, cookie=None, subprotocols=None, on_data=None, socket=None):
        self.url, self.header, self.cookie, self.subprotocols = url, header if header is not None else [], cookie, subprotocols
        self.on_open, self.on_reconnect, self.on_message, self.on_data, self.on_error = on_open, on_reconnect, on_message, on_data, on_error
        self.on_close, self.on_ping, self.on_pong, self.on_cont_message = on_close, on_ping, on_pong, on_cont_message
        self.keep_running, self.get_mask_key, self.sock, self.prepared_socket = False, get_mask_key, None, socket
        self.last_ping_tm = self.last_pong_tm = self.ping_interval = 0.0
        self.ping_thread, self.stop_ping, self.ping_timeout, self.ping_payload = None, None, None, ""
        self.has_errored, self.has_done_teardown, self.last_close_frame = False, False, None
        self.has_done_teardown_lock = threading.Lock()

    def send(self, data, opcode=ABNF.OPCODE_TEXT):
        if not self.sock or self.sock.send(data, opcode) == 0:
            raise WebSocketConnectionClosedException("Connection is already closed.")

    def send_text(self, text_data):
        self.send(text_data, ABNF.OPCODE_TEXT)

    def send_bytes(self, data):
        self.send(data, ABNF.OPCODE_BINARY)

    def close(self, **kwargs):
        self.keep_running = False
        sock = self.sock
        if sock:
            sock.close(**kwargs)
            if sock.close_frame is not None:
                self.last_close_frame = sock.close_frame
            self.sock = None

    def ready(self):
        return self.sock and self.sock.connected

    def _start_ping_thread(self):
        self.last_ping_tm = self.last_pong_tm = 0.0
        self.stop_ping = threading.Event()
        self.ping_thread = threading.Thread(target=self._send_ping, daemon=True)
        self.ping_thread.start()

    def _stop_ping_thread(self):
        if self.stop_ping:
            self.stop_ping.set()
        if self.ping_thread and self.ping_thread.is_alive() and self.ping_thread is not threading.current_thread():
            self.ping_thread.join(3)
        self.ping_thread = self.stop_ping = None
        self.last_ping_tm = self.last_pong_tm = 0.0

    def _send_ping(self):
        stop = self.stop_ping
        while stop is not None and not stop.wait(self.ping_interval) and self.keep_running:
            if self.sock:
                self.last_ping_tm = time.time()
                try:
                    self.sock.ping(self.ping_payload)
                except Exception:
                    pass

    def run_forever(self, sockopt=None, sslopt=None, ping_interval=0, ping_timeout=None, ping_payload="", http_proxy_host=None,
                    http_proxy_port=None, http_no_proxy=None, http_proxy_auth=None, http_proxy_timeout=None, skip_utf8_validation=False,
                    host=None, origin=None, dispatcher=None, suppress_origin=False, suppress_host=False, proxy_type=None, reconnect=None):
        if dispatcher is not None:
            raise NotImplementedError("websocket.WebSocketApp.run_forever: the argument dispatcher: the worker waits for its connections itself")
        reconnect = _reconnect[0] if reconnect is None else reconnect
        if ping_timeout is not None and ping_timeout <= 0:
            raise WebSocketException("Ensure ping_timeout > 0")
        if ping_interval is not None and ping_interval < 0:
            raise WebSocketException("Ensure ping_interval >= 0")
        if ping_timeout and ping_interval and ping_interval <= ping_timeout:
            raise WebSocketException("Ensure ping_interval > ping_timeout")
        if self.sock:
            raise WebSocketException("socket is already opened")
        self.ping_interval, self.ping_timeout, self.ping_payload = ping_interval, ping_timeout, ping_payload
        self.has_done_teardown, self.has_errored, self.keep_running = False, False, True
        self._made = dict(sockopt=sockopt or [], sslopt=sslopt or {}, skip_utf8_validation=skip_utf8_validation)
        self._options = dict(http_proxy_host=http_proxy_host, http_proxy_port=http_proxy_port, http_no_proxy=http_no_proxy,
                             http_proxy_auth=http_proxy_auth, http_proxy_timeout=http_proxy_timeout, host=host, origin=origin,
                             suppress_origin=suppress_origin, suppress_host=suppress_host, proxy_type=proxy_type, socket=self.prepared_socket)
        parse_url(self.url)
        try:
            self._session(reconnect, False)
            while reconnect and self.keep_running:
                time.sleep(reconnect)
                self._session(reconnect, True)
        except (KeyboardInterrupt, Exception):
            self._teardown(None)
        finally:
            self._teardown(None)
        return self.has_errored

    def _session(self, reconnect, reconnecting):
        """One connection, from its beginning to its end."""
        if reconnecting and self.sock:
            self.sock.shutdown()
        self.last_close_frame = None
        self.sock = WebSocket(self.get_mask_key, fire_cont_frame=self.on_cont_message is not None, **self._made)
        self.sock.settimeout(getdefaulttimeout())
        try:
            header = self.header() if callable(self.header) else self.header
            self.sock.connect(self.url, header=header, cookie=self.cookie, subprotocols=self.subprotocols, **self._options)
            if self.ping_interval:
                self._start_ping_thread()
            self._callback(self.on_reconnect if reconnecting and self.on_reconnect else self.on_open)
            while self.keep_running and self.sock is not None and self.sock.sock is not None:
                if self.sock.sock.readable(self.ping_timeout or 10) and not self._read(reconnect):
                    break
                self._check()
        except (KeyboardInterrupt, SystemExit, Exception) as e:
            self._disconnected(e, reconnect, reconnecting)

    def _read(self, reconnect):
        if not self.keep_running:
            self._teardown(None)
            return False
        if self.sock is None:
            return False
        opcode, frame = self.sock.recv_data_frame(True)
        if opcode == ABNF.OPCODE_CLOSE:
            return self._disconnected(_closing(frame), reconnect, bool(reconnect), frame)
        if opcode == ABNF.OPCODE_PING:
            self._callback(self.on_ping, frame.data)
        elif opcode == ABNF.OPCODE_PONG:
            self.last_pong_tm = time.time()
            self._callback(self.on_pong, frame.data)
        elif opcode == ABNF.OPCODE_CONT and self.on_cont_message:
            self._callback(self.on_data, frame.data, frame.opcode, frame.fin)
            self._callback(self.on_cont_message, frame.data, frame.fin)
        else:
            data = frame.data
            if opcode == ABNF.OPCODE_TEXT and not self._made["skip_utf8_validation"]:
                data = data.decode("utf-8")
            self._callback(self.on_data, data, frame.opcode, True)
            self._callback(self.on_message, data)
        return True

    def _check(self):
        if not self.ping_timeout or not self.last_ping_tm or time.time() - self.last_ping_tm <= self.ping_timeout:
            return
        answered = self.last_pong_tm - self.last_ping_tm
        if answered < 0 or answered > self.ping_timeout:
            raise WebSocketTimeoutException("ping/pong timed out")

    def _disconnected(self, e, reconnect, reconnecting, frame=None):
        if frame is None:
            self.has_errored = True
        self._stop_ping_thread()
        if not reconnecting:
            self._callback(self.on_error, e)
        if isinstance(e, (KeyboardInterrupt, SystemExit)):
            self._teardown(frame)
            raise e
        if not reconnect:
            error(f"{e} - goodbye")
            self._teardown(frame)
        return self.has_errored

    def _teardown(self, frame):
        with self.has_done_teardown_lock:
            if self.has_done_teardown:
                return
            self.has_done_teardown = True
        self._stop_ping_thread()
        self.keep_running = False
        sock, self.sock = self.sock, None
        if sock:
            sock.close()
        code, reason = _parts(frame or self.last_close_frame) if self.on_close else (None, None)
        self._callback(self.on_close, code, reason)

    def _callback(self, callback, *args):
        if callback:
            try:
                callback(self, *args)
            except Exception as e:
                error(f"error from callback {callback}: {e}")
                if self.on_error and callback is not self.on_error:
                    self.on_error(self, e)


def _parts(frame):
    """Code and reason of a close frame."""
    data = frame.data if frame else None
    if not data or len(data) < 2:
        return None, None
    return int.from_bytes(data[:2], "big"), data[2:].decode("utf-8", errors="replace") if len(data) > 2 else None


def _closing(frame):
    """The exception that tells on_error of a close frame."""
    code, reason = _parts(frame)
    text = "Connection closed" if code is None else "Connection closed normally (code 1000)" if code == 1000 else f"Connection closed (code {code})"
    e = WebSocketConnectionClosedException(f"{text}: {reason}" if reason else text)
    e.status_code, e.reason = code, reason
    return e
