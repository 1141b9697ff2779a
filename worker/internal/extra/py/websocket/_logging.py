import logging

_logger = logging.getLogger("websocket")
_logger.addHandler(logging.NullHandler())
_trace = [False]


def enableTrace(traceable, handler=None, level="DEBUG"):
    _trace[0] = traceable
    if traceable:
        _logger.addHandler(handler or logging.StreamHandler())
        _logger.setLevel(getattr(logging, level))


def isEnabledForError():
    return _logger.isEnabledFor(logging.ERROR)


def isEnabledForDebug():
    return _logger.isEnabledFor(logging.DEBUG)


def isEnabledForTrace():
    return _trace[0]


def error(text):
    _logger.error(text)


def trace(text):
    if _trace[0]:
        _logger.debug(text)
