"""Greenlets on threads of the interpreter, of which one runs at a time: they switch where they wait."""
import _thread
from time import sleep
from _extra_greenlet import GreenletExit
from gevent.timeout import Timeout, with_timeout
from gevent.greenlet import Greenlet, getcurrent, iwait, joinall, kill, killall, wait

version_info = (24, 2, 1)
__version__ = "24.2.1"


def idle(priority=0):
    _thread.yields()


spawn = Greenlet.spawn
spawn_later = Greenlet.spawn_later


def spawn_raw(function, *args, **kwargs):
    return spawn(function, *args, **kwargs)


def get_hub(*args, **kwargs):
    from gevent.hub import get_hub
    return get_hub()


def reinit(hub=None):
    pass


def signal_handler(signalnum, handler, *args, **kwargs):
    import signal
    return signal.signal(signalnum, lambda *a: handler(*args, **kwargs))
