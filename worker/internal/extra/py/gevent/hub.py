from _extra_greenlet import GreenletExit
from gevent.exceptions import LoopExit
from gevent.greenlet import getcurrent


class Hub:
    NOT_ERROR = (GreenletExit, SystemExit)
    SYSTEM_ERROR = (KeyboardInterrupt, SystemExit, SystemError)
    exception_stream = None

    def handle_error(self, context, type, value, tb):
        import traceback
        traceback.print_exception(type, value, tb)

    def join(self, timeout=None):
        return True


_hub = Hub()


def get_hub(*args, **kwargs):
    return _hub
