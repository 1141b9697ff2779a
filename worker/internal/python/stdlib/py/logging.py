import sys
import time
import _logging_go as _go
import _traceback_go as _tb

CRITICAL = FATAL = 50
ERROR, WARNING, INFO, DEBUG, NOTSET = 40, 30, 20, 10, 0
WARN = WARNING
_names = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}
raiseExceptions = True


def getLevelName(level):
    if isinstance(level, str):
        return {v: k for k, v in _names.items()}.get(level, "Level " + level)
    return _names.get(level, f"Level {level}")


def addLevelName(level, name):
    _names[level] = name


def _level(level):
    if isinstance(level, int):
        return level
    n = {v: k for k, v in _names.items()}.get(level)
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
        self.relativeCreated = 0.0
        self.process, self.processName, self.thread, self.threadName = 1, "MainProcess", 1, "MainThread"
        self.__dict__.update(extra or {})

    def getMessage(self):
        msg = str(self.msg)
        return msg % self.args if self.args else msg


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True):
        self._fmt, self.datefmt, self._style = fmt or ("{message}" if style == "{" else "%(message)s"), datefmt, style

    def formatTime(self, record, datefmt=None):
        t = time.localtime(record.created)
        if datefmt:
            return time.strftime(datefmt, t)
        return time.strftime("%Y-%m-%d %H:%M:%S", t) + f",{record.msecs:03d}"

    def formatException(self, e):
        return _tb.format_exception(e).rstrip("\n")

    def format(self, record):
        record.message = record.getMessage()
        if "asctime" in self._fmt:
            record.asctime = self.formatTime(record, self.datefmt)
        s = self._fmt.format(**record.__dict__) if self._style == "{" else self._fmt % record.__dict__
        if record.exc_info:
            s += "\n" + self.formatException(record.exc_info)
        return s


class Filter:
    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return True


class Handler:
    def __init__(self, level=NOTSET):
        self.level, self.formatter, self.filters = _level(level), None, []

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def addFilter(self, f):
        self.filters.append(f)

    def format(self, record):
        return (self.formatter or _default).format(record)

    def handle(self, record):
        if all((f.filter(record) if hasattr(f, "filter") else f(record)) for f in self.filters):
            self.emit(record)

    def emit(self, record):
        pass

    def flush(self):
        pass

    def close(self):
        pass


class StreamHandler(Handler):
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream
        self.terminator = "\n"

    def emit(self, record):
        (self.stream or sys.stderr).write(self.format(record) + self.terminator)


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__(open(filename, mode, encoding=encoding))
        self.baseFilename = filename

    def close(self):
        self.stream.close()


class NullHandler(Handler):
    pass


_default = Formatter()


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name, self.level, self.handlers, self.propagate, self.parent, self.disabled, self.filters = name, level, [], True, None, False, []

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

    def addFilter(self, f):
        self.filters.append(f)

    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + "." + suffix)

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        path, line, func = _go.where()
        if exc_info is True or (exc_info and not isinstance(exc_info, BaseException)):
            exc_info = _tb.handling()
        r = LogRecord(self.name, level, path, line, msg, args, exc_info, func, extra)
        if not all((f.filter(r) if hasattr(f, "filter") else f(r)) for f in self.filters):
            return
        x, found = self, False
        while x:
            for h in x.handlers:
                found = True
                if level >= h.level:
                    h.handle(r)
            if not x.propagate:
                break
            x = x.parent
        if not found and level >= WARNING:
            sys.stderr.write(_default.format(r) + "\n")

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
        return f"<Logger {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def __getattr__(self, name):
        return getattr(self.logger, name)


_disabled = [0]
_loggers = {}
root = Logger("root", WARNING)
Logger.root = root


def getLogger(name=None):
    if not name or name == "root":
        return root
    if name not in _loggers:
        log = _loggers[name] = Logger(name)
        parent = name.rpartition(".")[0]
        log.parent = getLogger(parent) if parent else root
    return _loggers[name]


def basicConfig(*, level=None, format=None, datefmt=None, handlers=None, stream=None, filename=None, filemode="a", style="%", force=False, encoding=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename, filemode, encoding) if filename else StreamHandler(stream)]
    fmt = Formatter(format or "%(levelname)s:%(name)s:%(message)s", datefmt, style)
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
warn = warning


def captureWarnings(capture):
    pass


def shutdown():
    pass
