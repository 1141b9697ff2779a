from _extra_greenlet import GreenletExit
from gevent import getcurrent


class error(Exception):
    pass
