"""Counts what the API served, in the same words as the Go target: GET /served, POST /served/reset."""

import json
import time

MAX_OTHER_NAMES = 100
STORY_PATH = "/api/v1/story"


def request_name(method, path):
    """Return the name to count a request under: Locust's name of it behind the method."""
    head, _, story_id = path.rpartition("/")
    if method == "GET" and head == STORY_PATH and story_id:
        return f"GET {STORY_PATH}/[id]"
    return f"{method} {path}"


class ServedCounter:
    """ASGI middleware around the whole application, so that its error pages are counted too.

    A request is counted just before the end of its response is sent: a client that holds a response finds it counted,
    and one that went away in the middle is counted too. Requests to /served and /served/reset are not counted.
    There is no lock: everything runs in the event loop.
    """

    OWN_NAMES = ("GET /health", f"POST {STORY_PATH}", f"GET {STORY_PATH}/[id]")

    def __init__(self, app):
        self.app = app
        self.clients = set()  # the (address, port) pairs seen. A port that is used again is not seen as a new connection
        self.cookie = f"session={time.time_ns():x}-"  # differs from one start to the next
        self.given = 0  # session cookies given out, ever
        self.reset()

    def reset(self):
        """Set all counts to zero. Sessions and connections that began before are not counted again."""
        self.by = {}
        self.others = 0
        self.failed = 0
        self.connections = 0
        self.sessions = 0

    def served(self):
        """Return what GET /served answers."""
        return {
            "total": sum(self.by.values()),
            "by": self.by,
            "failed": self.failed,
            "connections": self.connections,
            "sessions": self.sessions,
        }

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        if (method, path) == ("POST", "/served/reset"):
            self.reset()
            await answer(send, self.served())
        elif (method, path) == ("GET", "/served"):
            await answer(send, self.served())
        else:
            await self.app(scope, receive, self.counted(scope, send))

    def counted(self, scope, send):
        """Return a send that gives the client a session and counts the request."""
        status = 0

        async def counting(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if not self.in_session(scope["headers"]):
                    message["headers"] = [*message.get("headers", []), (b"set-cookie", self.begin_session())]
            elif message["type"] == "http.response.body" and not message.get("more_body", False):
                self.count(scope, status)
            await send(message)

        return counting

    def count(self, scope, status):
        """Count one request."""
        name = request_name(scope["method"], scope["path"])
        if name not in self.by and name not in self.OWN_NAMES:
            if self.others == MAX_OTHER_NAMES:
                name = "other"
            else:
                self.others += 1
        self.by[name] = self.by.get(name, 0) + 1
        self.failed += status >= 400
        client = scope.get("client")
        if client not in self.clients:
            self.clients.add(client)
            self.connections += 1

    def in_session(self, headers):
        """Say whether the request has a session cookie that this server gave out."""
        for name, value in headers:
            if name != b"cookie":
                continue
            for cookie in value.decode("latin-1").split(";"):
                prefix, _, number = cookie.strip().partition("-")
                if prefix + "-" == self.cookie and number.isdigit() and 1 <= int(number) <= self.given:
                    return True
        return False

    def begin_session(self):
        """Give out a session and return its cookie."""
        self.given += 1
        self.sessions += 1
        return f"{self.cookie}{self.given}; HttpOnly; Path=/".encode()


async def answer(send, value):
    """Send value as JSON."""
    body = json.dumps(value, separators=(",", ":")).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
