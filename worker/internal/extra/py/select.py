# Sockets of their own are not for files that the worker runs; sleeping by select is.
import time as _time

import _absent

__getattr__ = _absent.names("select", "epoll kqueue poll")

error = OSError
POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP = 1, 2, 4, 8, 16


def select(rlist, wlist, xlist, timeout=None, /):
    if rlist or wlist or xlist:
        raise NotImplementedError("select of sockets is not supported")
    if timeout is None:
        raise NotImplementedError("select without sockets would wait for ever")
    if timeout < 0:
        raise ValueError("timeout must be non-negative")
    _time.sleep(timeout)
    return [], [], []
