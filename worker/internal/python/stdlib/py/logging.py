import sys
import time
import _logging_go as _go
import _traceback_go as _tb
from _logging_adapter import LoggerAdapter
from _logging_format import BufferingFormatter, Filter, Filterer, Formatter

CRITICAL = FATAL = 50
ERROR, WARNING, INFO, DEBUG, NOTSET = 40, 30, 20, 10, 0
WARN = WARNING
_names = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}
raiseExceptions, logThreads, logProcesses, logMultiprocessing = True, True, True, True
lastResort = None
BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_start = time.time()


def getLevelName(level):
    if isinstance(level, str):
        return {v: k for k, v in _names.items()}.get(level, "Level " + level)
    return _names.get(level, f"Level {level}")


def addLevelName(level, name):
    _names[level] = name


def getLevelNamesMapping():
    return {v: k for k, v in _names.items()} | {"WARN": 30, "FATAL": 50}


def _level(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f"Level not an integer or a valid string: {level!r}")
    n = getLevelNamesMapping().get(level)
    if n is None:
        raise ValueError(f"Unknown level: {level!r}")
    return n


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, extra=None):
        self.name, self.levelno, self.levelname = name, level, getLevelName(level)
        self.pathname, self.lineno, self.msg, self.exc_info, self.funcName = pathname, lineno, msg, exc_info, func
        if len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        self.args = args
        self.filename = pathname.rpartition("/")[2]
        self.module = self.filename.rpartition(".")[0] or self.filename
        self.created = time.time()
        self.msecs = int(self.created % 1 * 1000)
        self.relativeCreated, self.exc_text, self.stack_info, self.taskName = (self.created - _start) * 1000, None, None, None
        self.process, self.processName, self.thread, self.threadName = 1, "MainProcess", 1, "MainThread"
        self.__dict__.update(extra or {})

    def getMessage(self):
        msg = str(self.msg)
        return msg % self.args if self.args else msg

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'


_record_class = [LogRecord]


def setLogRecordFactory(factory):
    _record_class[0] = factory


def getLogRecordFactory():
    return _record_class[0]


def makeLogRecord(dict):
    r = _record_class[0](None, 0, "", 0, "", (), None, None, None)
    r.__dict__.update(dict)
    return r


class Handler(Filterer):
    def __init__(self, level=NOTSET):
        super().__init__()
        self.level, self.formatter, self.name, self.lock = _level(level), None, None, None

    def createLock(self):
        import threading
        self.lock = threading.RLock()

    def acquire(self):
        if self.lock:
            self.lock.acquire()

    def release(self):
        if self.lock:
            self.lock.release()

    def get_name(self):
        return self.name

    def set_name(self, name):
        self.name = name

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or _default).format(record)

    def handle(self, record):
        passed = self.filter(record)
        if passed:
            self.emit(record)
        return passed

    def emit(self, record):
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handleError(self, record):
        if raiseExceptions:
            sys.stderr.write("--- Logging error ---\n" + _tb.format_exception(_tb.handling()) + f"Message: {record.msg!r}\nArguments: {record.args}\n")

    def flush(self):
        pass

    def close(self):
        pass

    def __repr__(self):
        return f"<{self.__class__.__name__} ({getLevelName(self.level)})>"


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def setStream(self, stream):
        if stream is self.stream:
            return None
        old, self.stream = self.stream, stream
        return old

    def flush(self):
        if self.stream and hasattr(self.stream, "flush"):
            self.stream.flush()

    def emit(self, record):
        try:
            (self.stream or sys.stderr).write(self.format(record) + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        import os
        self.baseFilename, self.mode, self.encoding, self.errors, self.delay = os.path.abspath(filename), mode, encoding, errors, delay
        super().__init__(None if delay else self._open())

    def _open(self):
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors)

    def emit(self, record):
        if self.stream is None:
            self.stream = self._open()
        super().emit(record)

    def close(self):
        if self.stream is not None:
            self.stream.close()
            self.stream = None

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.baseFilename} ({getLevelName(self.level)})>"


class NullHandler(Handler):
    def handle(self, record):
        pass

    def emit(self, record):
        pass


_default = Formatter()


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name, self.level, self.handlers, self.propagate, self.parent, self.disabled = name, _level(level), [], True, None, False

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        x = self
        while x:
            if x.level:
                return x.level
            x = x.parent
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and level >= self.getEffectiveLevel() and level > _disabled[0]

    def addHandler(self, h):
        if h not in self.handlers:
            self.handlers.append(h)

    def removeHandler(self, h):
        if h in self.handlers:
            self.handlers.remove(h)

    def hasHandlers(self):
        return bool(self.handlers or (self.parent and self.parent.hasHandlers()))

    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + "." + suffix)

    def findCaller(self, stack_info=False, stacklevel=1):
        path, line, func = _go.where()
        return path, line, func, None

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        r = _record_class[0](name, level, fn, lno, msg, args, exc_info, func, sinfo)
        for key in extra or ():
            if key in ("message", "asctime") or key in r.__dict__:
                raise KeyError(f"Attempt to overwrite {key!r} in LogRecord")
            r.__dict__[key] = extra[key]
        return r

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        path, line, func = _go.where()
        if isinstance(exc_info, BaseException):
            exc_info = type(exc_info), exc_info, exc_info.__traceback__
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, path, line, msg, args, exc_info, func, extra))

    def handle(self, record):
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def callHandlers(self, record):
        x, found = self, False
        while x:
            for h in x.handlers:
                found = True
                if record.levelno >= h.level:
                    h.handle(record)
            if not x.propagate:
                break
            x = x.parent
        if not found and record.levelno >= WARNING:
            sys.stderr.write(_default.format(record) + "\n")

    def log(self, level, msg, *args, **kw):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kw)

    def debug(self, msg, *args, **kw):
        self.log(DEBUG, msg, *args, **kw)

    def info(self, msg, *args, **kw):
        self.log(INFO, msg, *args, **kw)

    def warning(self, msg, *args, **kw):
        self.log(WARNING, msg, *args, **kw)

    warn = warning

    def error(self, msg, *args, **kw):
        self.log(ERROR, msg, *args, **kw)

    def exception(self, msg, *args, exc_info=True, **kw):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kw)

    def critical(self, msg, *args, **kw):
        self.log(CRITICAL, msg, *args, **kw)

    fatal = critical

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class RootLogger(Logger):
    def __init__(self, level):
        super().__init__("root", level)


class Manager:
    def __init__(self, rootnode):
        self.root, self.loggerDict, self.disable = rootnode, {}, 0

    def getLogger(self, name):
        return getLogger(name)


_logger_class = [Logger]


def setLoggerClass(klass):
    if not issubclass(klass, Logger):
        raise TypeError("logger not derived from logging.Logger: " + klass.__name__)
    _logger_class[0] = klass


def getLoggerClass():
    return _logger_class[0]


_disabled = [0]
root = RootLogger(WARNING)
Logger.root, Logger.manager = root, Manager(root)
_loggers = Logger.manager.loggerDict


def getLogger(name=None):
    if not name or name == "root":
        return root
    if name not in _loggers:
        log = _loggers[name] = _logger_class[0](name)
        parent = name.rpartition(".")[0]
        log.parent = getLogger(parent) if parent else root
    return _loggers[name]


def basicConfig(*, level=None, format=None, datefmt=None, handlers=None, stream=None, filename=None, filemode="a", style="%", force=False, encoding=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is not None and (stream or filename) or stream and filename:
        raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'" if handlers is not None
                         else "'stream' and 'filename' should not be specified together")
    if handlers is None:
        handlers = [FileHandler(filename, filemode, encoding) if filename else StreamHandler(stream)]
    fmt = Formatter(format or {"%": BASIC_FORMAT, "{": "{levelname}:{name}:{message}", "$": "${levelname}:${name}:${message}"}[style], datefmt, style)
    for h in handlers:
        if h.formatter is None:
            h.setFormatter(fmt)
        root.addHandler(h)
    if level is not None:
        root.setLevel(level)


def disable(level=CRITICAL):
    _disabled[0] = level


def _root(fn):
    def call(*args, **kw):
        if not root.handlers:
            basicConfig()
        fn(*args, **kw)
    return call


debug, info, warning, error = _root(root.debug), _root(root.info), _root(root.warning), _root(root.error)
exception, critical, log = _root(root.exception), _root(root.critical), _root(root.log)
warn, fatal = warning, critical


def captureWarnings(capture):
    pass


def shutdown(handlerList=()):
    for log in [root, *_loggers.values()]:
        for h in log.handlers:
            h.flush()


def getHandlerByName(name):
    return next((h for log in [root, *_loggers.values()] for h in log.handlers if h.name == name), None)
