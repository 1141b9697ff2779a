"""Says when Locust kills a user in the middle of a request: the server answers that, and nobody counts it.

A user that waits is killed when the test stops, whatever --stop-timeout says. On a busy machine its wait may just be over: it has
begun another request when the kill reaches it (locust.user.users.User.stop, gevent's Group.killone).
"""

from gevent import GreenletExit
from locust.clients import HttpSession

_request = HttpSession.request


def request(self, *args, **kwargs):
    try:
        return _request(self, *args, **kwargs)
    except GreenletExit:
        print("killed in a request", flush=True)
        raise


HttpSession.request = request
