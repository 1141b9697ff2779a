"""How a connection comes about: its address, a proxy, TLS, and the handshake."""
import hashlib
import os
import socket
import ssl
from base64 import b64encode
from http.cookies import SimpleCookie
from urllib.parse import unquote, urlparse

import _extra_websocket as _go
from http_errors import gaierror
from websocket._exceptions import *
from websocket._logging import error

DEFAULT_SOCKET_OPTION = [(socket.SOL_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
DEFAULT_SOCKET_OPTION += [(socket.SOL_TCP, getattr(socket, name), value) for name, value in (
    ("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)) if hasattr(socket, name)]
REDIRECTS = (301, 302, 303, 307, 308)
_default = [None]
_cookies = {}


def setdefaulttimeout(timeout):
    _default[0] = timeout


def getdefaulttimeout():
    return _default[0]


class ProxyError(Exception):
    pass


class Stream:
    """A connection, with the words of websocket-client for what goes wrong."""

    def __init__(self, host, port, timeout, sockopt):
        self._timeout, self._closed, self.secure = timeout, False, False
        self._socket = _go.connect(host, port, [*DEFAULT_SOCKET_OPTION, *sockopt], timeout)

    def settimeout(self, timeout):
        self._timeout = timeout

    def gettimeout(self):
        return self._timeout

    def start_tls(self, context, name):
        _go.secure(self._socket, context, name, self._timeout)
        self.secure = True

    def opened(self, url):
        _go.opened(self._socket, parse_url(url)[2])

    def send(self, data):
        try:
            return _go.send(self._socket, data, self._timeout)
        except TimeoutError:
            raise WebSocketTimeoutException("timed out") from None

    def _read(self, how, *args):
        try:
            data = how(self._socket, *args, self._timeout)
        except TimeoutError:
            raise WebSocketTimeoutException("Connection timed out") from None
        if data is None or data == b"":
            raise WebSocketConnectionClosedException("Connection to remote host was lost.")
        return data

    def fileno(self):
        return -1 if self._closed else _go.fileno(self._socket)

    def recv(self, size):
        return self._read(_go.receive, size)

    def line(self):
        return self._read(_go.line)

    def frame(self):
        return self._read(_go.frame)

    def readable(self, timeout):
        return _go.readable(self._socket, timeout)

    def close(self):
        self._closed = True
        _go.close(self._socket)

    def shutdown(self, how=2):
        self.close()


def parse_url(url):
    """Host, port, resource and whether it is secure."""
    if ":" not in url:
        raise ValueError("url is invalid")
    scheme, rest = url.split(":", 1)
    parts = urlparse(rest, scheme="http")
    if not parts.hostname:
        raise ValueError("hostname is invalid")
    if scheme not in ("ws", "wss"):
        raise ValueError(f"scheme {scheme} is invalid")
    port = parts.port or (443 if scheme == "wss" else 80)
    return parts.hostname, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), scheme == "wss"


def _needs_no_proxy(host, no_proxy):
    if not no_proxy:
        text = os.environ.get("no_proxy", os.environ.get("NO_PROXY", "")).replace(" ", "")
        no_proxy = text.split(",") if text else []
    if "*" in no_proxy or host in no_proxy:
        return True
    if all(part.isdigit() for part in host.split(".")) or ":" in host:
        return any(_go.in_network(host, network) for network in no_proxy)
    return any(host.endswith(name.lstrip(".") if name.startswith(".") else "." + name) for name in no_proxy)


def _proxy_for(host, secure, options):
    """Host, port and credentials of the proxy, as the options or the environment say; None if there is none."""
    if _needs_no_proxy(host, options.get("http_no_proxy") if options.get("http_proxy_host") else None):
        return None
    if options.get("http_proxy_host"):
        if not options.get("http_proxy_port"):
            raise WebSocketProxyException("Cannot use port 0 when proxy_host specified")
        return options["http_proxy_host"], options["http_proxy_port"], options.get("http_proxy_auth")
    key = "https_proxy" if secure else "http_proxy"
    text = os.environ.get(key, os.environ.get(key.upper(), "")).replace(" ", "")
    if not text:
        return None
    parts = urlparse(text)
    auth = (unquote(parts.username or ""), unquote(parts.password or "")) if parts.username else None
    return (parts.hostname, parts.port, auth) if parts.hostname else None


def connect(url, made, options):
    kind = options.get("proxy_type", "http") if options.get("http_proxy_host") else "http"
    if kind not in ("http", "socks4", "socks4a", "socks5", "socks5h"):
        raise ProxyError("Only http, socks4, socks5 proxy protocols are supported")
    if kind != "http":
        if not options.get("http_proxy_port"):
            raise WebSocketProxyException("Cannot use port 0 when proxy_host specified")
        raise WebSocketException("Python Socks is needed for SOCKS proxying but is not available")
    host, port, resource, secure = parse_url(url)
    proxy = _proxy_for(host, secure, options)
    try:
        to = (proxy[0], int(proxy[1] or 80)) if proxy else (host, port)
        stream = Stream(*to, made.timeout, made.sockopt)
    except gaierror as e:
        raise WebSocketAddressException(e) from None
    try:
        if proxy:
            _tunnel(stream, host, port, proxy[2])
        if secure:
            _start_tls(stream, {"cert_reqs": ssl.CERT_REQUIRED, **(made.sslopt or {})}, host)
    except BaseException:
        stream.close()
        raise
    return stream, host, port, resource


def _tunnel(stream, host, port, auth):
    lines = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
    if auth and auth[0]:
        words = auth[0] + (f":{auth[1]}" if auth[1] else "")
        lines.append("Proxy-Authorization: Basic " + b64encode(words.encode()).decode())
    stream.send("\r\n".join([*lines, "", ""]).encode())
    try:
        status, _, _ = read_headers(stream)
    except (OSError, WebSocketException) as e:
        raise WebSocketProxyException(str(e)) from None
    if status != 200:
        raise WebSocketProxyException(f"failed CONNECT via proxy status: {status}")


def _failing(what, load, *args):
    try:
        load(*args)
    except (FileNotFoundError, ssl.SSLError, ValueError) as e:
        raise WebSocketException(f"{what} failed: {e}") from None


def _start_tls(stream, sslopt, host):
    bundle = os.environ.get("WEBSOCKET_CLIENT_CA_BUNDLE")
    if bundle and os.path.isfile(bundle) and sslopt.get("ca_certs") is None:
        sslopt["ca_certs"] = bundle
    elif bundle and os.path.isdir(bundle) and sslopt.get("ca_cert_path") is None:
        sslopt["ca_cert_path"] = bundle
    stream.start_tls(sslopt.get("context") or _context(sslopt), sslopt.get("server_hostname") or host)


def _context(sslopt):
    context = ssl.SSLContext(sslopt.get("ssl_version", ssl.PROTOCOL_TLS_CLIENT))
    required = sslopt.get("cert_reqs", ssl.CERT_NONE)
    if required != ssl.CERT_NONE:
        if sslopt.get("ca_certs") or sslopt.get("ca_cert_path"):
            _failing("SSL CA certificate loading", context.load_verify_locations, sslopt.get("ca_certs"), sslopt.get("ca_cert_path"))
        else:
            context.load_default_certs()
    if sslopt.get("certfile"):
        _failing("SSL client certificate loading", context.load_cert_chain, sslopt["certfile"], sslopt.get("keyfile"), sslopt.get("password"))
    if required == ssl.CERT_NONE and not sslopt.get("check_hostname", False):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    else:
        check = sslopt.get("check_hostname", True)
        if check and required == ssl.CERT_NONE:
            raise WebSocketException("SSL certificate verification configuration failed: check_hostname cannot be enabled when cert_reqs is CERT_NONE")
        context.check_hostname, context.verify_mode = check, required
    if "ciphers" in sslopt:
        _failing("SSL cipher configuration", context.set_ciphers, sslopt["ciphers"])
    if "cert_chain" in sslopt:
        if not isinstance(sslopt["cert_chain"], (tuple, list)) or len(sslopt["cert_chain"]) != 3:
            raise ValueError("cert_chain must be a tuple/list of (certfile, keyfile, password)")
        _failing("SSL client certificate configuration", context.load_cert_chain, *sslopt["cert_chain"])
    if "ecdh_curve" in sslopt:
        raise NotImplementedError("websocket: sslopt['ecdh_curve']: the worker cannot obey it")
    return context


def read_headers(stream):
    """Status, headers and reason of an answer."""
    status, headers, reason = None, {}, None
    while True:
        raw = stream.line()
        try:
            line = raw.decode("utf-8").strip()
        except UnicodeDecodeError as e:
            raise WebSocketException(f"Invalid header line, not valid UTF-8 at byte {e.start}: {raw!r}") from None
        if not line:
            return status, headers, reason
        if not status:
            parts = line.split(" ", 2)
            try:
                status = int(parts[1])
            except (IndexError, ValueError):
                raise WebSocketException(f"Invalid status line: {line!r}") from None
            reason = parts[2] if len(parts) > 2 else reason
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise WebSocketException("Invalid header")
        name, value = name.lower(), value.strip()
        headers[name] = headers[name] + "; " + value if name == "set-cookie" and headers.get(name) else value


class handshake_response:
    def __init__(self, status, headers, subprotocol):
        self.status, self.headers, self.subprotocol = status, headers, subprotocol
        _keep_cookies(headers.get("set-cookie"))


def _keep_cookies(text):
    """Keeps the cookies that say for which domain they are."""
    made = SimpleCookie(text) if text else {}
    for cookie in made.values():
        if domain := cookie.get("domain"):
            _cookies.setdefault(("" if domain.startswith(".") else ".") + domain.lower(), {}).update({k: v.value for k, v in made.items()})


def _cookies_for(host):
    host = host.lower()
    return "; ".join(sorted(f"{k}={v}" for domain, kept in _cookies.items() if host.endswith(domain) or host == domain[1:] for k, v in kept.items()))


def handshake(stream, url, host, port, resource, options):
    lines, key = _request(url, host, port, resource, options)
    stream.send("\r\n".join(lines).encode())
    status, headers, reason = read_headers(stream)
    if status not in REDIRECTS and status != 101:
        raise _refused(stream, status, headers, reason)
    if status in REDIRECTS:
        return handshake_response(status, headers, None)
    valid, chosen = _accepted(headers, key, options.get("subprotocols"))
    if not valid:
        raise WebSocketException("Invalid WebSocket Header")
    return handshake_response(status, headers, chosen)


def _request(url, host, port, resource, options):
    shown = f"[{host}]" if ":" in host else host
    shown = shown if port in (80, 443) else f"{shown}:{port}"
    lines = [f"GET {resource} HTTP/1.1", "Upgrade: websocket"]
    if not options.get("suppress_host"):
        lines.append(f"Host: {options.get('host') or shown}")
    if not options.get("suppress_origin"):
        own = options.get("origin")
        lines.append(f"Origin: {own}" if own is not None else f"Origin: {'https' if url.startswith('wss:') else 'http'}://{shown}")
    header, key = options.get("header"), b64encode(os.urandom(16)).decode()
    if not header or "Sec-WebSocket-Key" not in header:
        lines.append(f"Sec-WebSocket-Key: {key}")
    else:
        key = header["Sec-WebSocket-Key"]
    if not header or "Sec-WebSocket-Version" not in header:
        lines.append("Sec-WebSocket-Version: 13")
    lines.append(options.get("connection") or "Connection: Upgrade")
    if options.get("subprotocols"):
        lines.append(f"Sec-WebSocket-Protocol: {','.join(options['subprotocols'])}")
    if header:
        lines += [": ".join([k, v]) for k, v in header.items() if v is not None] if isinstance(header, dict) else header
    if cookie := "; ".join(filter(None, [_cookies_for(host), options.get("cookie")])):
        lines.append(f"Cookie: {cookie}")
    return [*lines, "", ""], key


def _refused(stream, status, headers, reason):
    """The exception for an answer that begins no WebSocket, with all of it in its text."""
    body = None
    if headers.get("content-length"):
        try:
            left, body = int(headers["content-length"]), b""
        except ValueError:
            return WebSocketException(f"Invalid content-length header: {headers['content-length']!r}")
        while left > 0:
            piece = stream.recv(min(left, 16384))
            body, left = body + piece, left - len(piece)
    shown = body.decode("utf-8", errors="replace") if body else None
    return WebSocketBadStatusException(f"Handshake status {status} {reason} -+-+- {headers} -+-+- {shown}", status, reason, headers, body)


def _accepted(headers, key, subprotocols):
    for name, word in (("upgrade", "websocket"), ("connection", "upgrade")):
        if word not in [part.strip().lower() for part in headers.get(name, "").split(",")]:
            return False, None
    chosen = None
    if subprotocols:
        chosen = headers.get("sec-websocket-protocol", "").lower()
        if not chosen or chosen not in [name.lower() for name in subprotocols]:
            error(f"Invalid subprotocol: {subprotocols}")
            return False, None
    digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
    return b64encode(digest).decode().lower() == headers.get("sec-websocket-accept", "").lower(), chosen
