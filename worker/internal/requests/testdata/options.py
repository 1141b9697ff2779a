# Options of sockets: run by CPython for the golden and by our Python. The server says how large segments the client takes, which an
# option of the client's socket can choose. base names the server and a proxy.
import socket
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

server, proxy = base.split(" ")
port = server.rpartition(":")[2]
SEGMENT = socket.IPPROTO_TCP, socket.TCP_MAXSEG


def case(name, f):
    try:
        print(name, "->", str(f()))
    except Exception as e:
        print(name, "RAISES", type(e).__name__, str(e))


class Options(HTTPAdapter):
    def __init__(self, options, **more):
        self.options, self.more = options, more
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, socket_options=self.options, **kwargs, **self.more)


def get(options, session=None, proxies=None, **more):
    session = session or requests.Session()
    session.mount("http://", Options(options, **more))
    return session.get(server + "/", proxies=proxies).text


well_known = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.SOL_TCP, socket.TCP_KEEPIDLE, 45),
              (socket.SOL_TCP, socket.TCP_KEEPINTVL, 10), (socket.SOL_TCP, socket.TCP_KEEPCNT, 6)]
case("none", lambda: get([]))
case("well known", lambda: get(HTTPConnection.default_socket_options + well_known))
case("segments", lambda: get([(*SEGMENT, 700)]))
case("segments in bytes", lambda: get(((*SEGMENT, (600).to_bytes(4, "little")),)))
case("the last counts", lambda: get([(*SEGMENT, 700), [*SEGMENT, 500]]))
case("with a source", lambda: get([(*SEGMENT, 900)], source_address=("127.0.0.9", 0)))
case("by a proxy, whose options are its own", lambda: get([(*SEGMENT, 700)], proxies={"http": proxy}))
case("no such option", lambda: get([(socket.SOL_SOCKET, 999, 1)]))
case("no such level", lambda: get([(999, 1, 1)]))
case("a value that is refused", lambda: get([(*SEGMENT, -1)]))
case("a second that is refused", lambda: get([(*SEGMENT, 700), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, b"")]))
case("text", lambda: get([(socket.SOL_SOCKET, socket.SO_KEEPALIVE, "on")]))
case("too large", lambda: get([(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 2 ** 40)]))
case("too few", lambda: get([(socket.SOL_SOCKET, socket.SO_KEEPALIVE)]))
case("too many", lambda: get([(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1, 2)]))
case("a level in text", lambda: get([("SOL_SOCKET", socket.SO_KEEPALIVE, 1)]))
case("no such device", lambda: get([(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"no-such-device")]))
case("manager", lambda: urllib3.PoolManager(socket_options=[(*SEGMENT, 800)]).request("GET", server + "/").data.decode())
case("manager, refused", lambda: urllib3.PoolManager(socket_options=[(*SEGMENT, 1)], retries=False).request("GET", server + "/"))
case("pool", lambda: urllib3.HTTPConnectionPool("127.0.0.1", int(port), socket_options=[(*SEGMENT, 600)]).request("GET", "/").data.decode())
case("proxy manager", lambda: urllib3.ProxyManager(proxy, socket_options=[(*SEGMENT, 600)]).request("GET", server + "/").data.decode())
print(HTTPConnection.default_socket_options, HTTPConnection.default_socket_options is HTTPSConnection.default_socket_options)
HTTPConnection.default_socket_options.append((*SEGMENT, 700))
case("default for all", lambda: requests.get(server + "/").text)

case("default of a session", lambda: requests.Session().get(server + "/").text)
HTTPConnection.default_socket_options += [(*SEGMENT, 500)]
case("default added to", lambda: requests.get(server + "/").text)
case("own beside it", lambda: get([(*SEGMENT, 900)]))
HTTPConnection.default_socket_options[1:] = [(socket.SOL_SOCKET, 999, 1)]
case("default that is refused", lambda: requests.get(server + "/"))
del HTTPConnection.default_socket_options[1:]
HTTPConnection.default_socket_options = [(*SEGMENT, 500)]
case("replaced, which does nothing", lambda: requests.get(server + "/").text)
