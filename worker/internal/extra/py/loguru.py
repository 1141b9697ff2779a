"""loguru's logger."""
import sys
import traceback
from datetime import datetime
import _logging_go

_levels = {"TRACE": 5, "DEBUG": 10, "INFO": 20, "SUCCESS": 25, "WARNING": 30, "ERROR": 40, "CRITICAL": 50}
_default = "{time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {name}:{function}:{line} - {message}"


class _Level:
    def __init__(self, name, no):
        self.name, self.no, self.icon = name, no, ""

    def __str__(self):
        return self.name

    def __format__(self, spec):
        return format(self.name, spec)


class _Time:
    _tokens = [("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S"), ("SSSSSS", "%f"), ("ZZ", "%z")]

    def __init__(self, when):
        self.when = when

    def __format__(self, spec):
        if not spec:
            return self.when.isoformat()
        if "%" in spec:
            return self.when.strftime(spec)
        spec = spec.replace("SSSSSS", "%f").replace("SSS", f"{self.when.microsecond // 1000:03d}")
        for token, directive in self._tokens:
            spec = spec.replace(token, directive)
        return self.when.strftime(spec)

    def __getattr__(self, name):
        return getattr(self.when, name)

    def __str__(self):
        return str(self.when)


class _File:
    def __init__(self, name):
        self.name, self.path = name.rpartition("/")[2], name

    def __str__(self):
        return self.name

    __format__ = lambda self, spec: format(self.name, spec)


class Message(str):
    pass


def _plain(text):
    import re
    return re.sub(r"</?[a-zA-Z][a-zA-Z0-9_, -]*>|</>", "", text)


class Logger:
    def __init__(self, core, extra=None, options=None, patchers=()):
        self._core, self._extra, self._options, self._patchers = core, extra or {}, options or {}, tuple(patchers)

    def add(self, sink, *, level="DEBUG", format=_default, filter=None, colorize=None, serialize=False, backtrace=True, diagnose=True, enqueue=False,
            catch=True, rotation=None, retention=None, compression=None, mode="a", encoding="utf8", **kw):
        import os
        close = None
        if isinstance(sink, str) or hasattr(sink, "__fspath__"):
            path = os.fspath(sink)
            if os.path.dirname(path):
                os.makedirs(os.path.dirname(path), exist_ok=True)
            f = open(path, mode, encoding=encoding)
            close = f.close

            def write(message):
                f.write(message)
                f.flush()
        elif hasattr(sink, "write"):
            write = sink.write
        elif hasattr(sink, "emit"):
            import logging

            def write(message):
                r = message.record
                sink.handle(logging.LogRecord(r["name"], r["level"].no, r["file"].path, r["line"], str(message).rstrip("\n"), (), None, r["function"]))
        elif callable(sink):
            write = sink
        else:
            raise TypeError(f"Cannot log to objects of type '{type(sink).__name__}'")
        no = level if isinstance(level, int) else self.level(level).no
        core = self._core
        core["count"] += 1
        core["handlers"][core["count"]] = (no, format, filter, write, close, serialize)
        return core["count"]

    def remove(self, handler_id=None):
        handlers = self._core["handlers"]
        if handler_id is not None and handler_id not in handlers:
            raise ValueError(f"There is no existing handler with id {handler_id}")
        for i in list(handlers) if handler_id is None else [handler_id]:
            close = handlers.pop(i)[4]
            if close:
                close()

    def configure(self, *, handlers=None, levels=None, extra=None, patcher=None, activation=None):
        if handlers is not None:
            self.remove()
            return [self.add(**h) for h in handlers]
        if extra is not None:
            self._core["extra"].update(extra)

    def level(self, name, no=None, color=None, icon=None):
        if name not in _levels and no is None:
            raise ValueError(f"Level '{name}' does not exist")
        if no is not None:
            _levels[name] = no
        return _Level(name, _levels[name])

    def bind(self, **kw):
        return Logger(self._core, {**self._extra, **kw}, self._options, self._patchers)

    def opt(self, *, exception=None, record=False, lazy=False, colors=False, raw=False, capture=True, depth=0, ansi=False):
        return Logger(self._core, self._extra, {"exception": exception, "lazy": lazy, "raw": raw, "record": record, "colors": colors}, self._patchers)

    def patch(self, patcher):
        return Logger(self._core, self._extra, self._options, self._patchers + (patcher,))

    def contextualize(self, **kw):
        return _Context(self._core, kw)

    def catch(self, exception=Exception, *, level="ERROR", reraise=False, onerror=None, exclude=None, default=None, message="An error has been caught in function '{record[function]}'"):
        if callable(exception) and not isinstance(exception, (type, tuple)):
            return _Catch(self, Exception, level, reraise, onerror, default)(exception)
        return _Catch(self, exception, level, reraise, onerror, default)

    def enable(self, name):
        self._core["disabled"].discard(name)

    def disable(self, name):
        self._core["disabled"].add(name)

    def complete(self):
        pass

    def _write(self, level, message, args, kw, exception=None):
        core = self._core
        level = _Level(f"Level {level}", level) if isinstance(level, int) else self.level(level)
        if not any(level.no >= h[0] for h in core["handlers"].values()):
            return
        path, line, function = _logging_go.where()
        exception = self._options.get("exception") if exception is None else exception
        if exception is True:
            exception = sys.exc_info()[1]
        record = {"time": _Time(datetime.now()), "level": level, "message": str(message), "name": "__main__", "function": function, "line": line,
                  "file": _File(path), "module": path.rpartition("/")[2].rpartition(".")[0], "exception": exception or None, "elapsed": 0, "process": 1,
                  "thread": 1, "extra": {**core["extra"], **self._extra}}
        if self._options.get("lazy"):
            args, kw = [a() for a in args], {k: v() for k, v in kw.items()}
        if args or kw:
            record["message"] = record["message"].format(*args, **kw)
        if not self._options.get("record"):
            record["extra"].update(kw)
        for p in self._patchers:
            p(record)
        for no, fmt, filter, write, close, serialize in list(core["handlers"].values()):
            if level.no >= no and self._passes(filter, record):
                write(self._text(fmt, record, serialize))

    def _passes(self, filter, record):
        if filter is None:
            return True
        if isinstance(filter, str):
            return record["name"].startswith(filter)
        return bool(filter(record)) if callable(filter) else True

    def _text(self, fmt, record, serialize):
        e = record["exception"]
        tb = "".join(traceback.format_exception(e)) if isinstance(e, BaseException) else ""
        if self._options.get("raw"):
            text = record["message"]
        elif callable(fmt):
            text = _plain(fmt(record)).format(**{**record, "exception": tb})
        else:
            text = _plain(fmt).format(**record) + "\n" + tb
        if serialize:
            import json
            plain = {k: v for k, v in record.items() if k in ("message", "name", "function", "line", "module", "extra")}
            text = json.dumps({"text": text, "record": {**plain, "level": {"name": record["level"].name, "no": record["level"].no}}}, default=str) + "\n"
        m = Message(text)
        m.record = record
        return m

    def log(self, level, message, *args, **kw):
        self._write(level, message, args, kw)

    def trace(self, message, *args, **kw):
        self._write("TRACE", message, args, kw)

    def debug(self, message, *args, **kw):
        self._write("DEBUG", message, args, kw)

    def info(self, message, *args, **kw):
        self._write("INFO", message, args, kw)

    def success(self, message, *args, **kw):
        self._write("SUCCESS", message, args, kw)

    def warning(self, message, *args, **kw):
        self._write("WARNING", message, args, kw)

    def error(self, message, *args, **kw):
        self._write("ERROR", message, args, kw)

    def critical(self, message, *args, **kw):
        self._write("CRITICAL", message, args, kw)

    def exception(self, message, *args, **kw):
        self._write("ERROR", message, args, kw, exception=True)


class _Catch:
    def __init__(self, log, exception, level, reraise, onerror, default):
        self._log, self._exception, self._level, self._reraise, self._onerror, self._default = log, exception, level, reraise, onerror, default

    def __enter__(self):
        return None

    def __exit__(self, typ, value, tb):
        if typ is None or not issubclass(typ, self._exception):
            return False
        self._log._write(self._level, "An error has been caught", (), {}, exception=value)
        if self._onerror:
            self._onerror(value)
        return not self._reraise

    def __call__(self, fn):
        from functools import wraps

        @wraps(fn)
        def inner(*args, **kw):
            with self:
                return fn(*args, **kw)
            return self._default
        return inner


class _Context:
    def __init__(self, core, kw):
        self._core, self._kw = core, kw

    def __enter__(self):
        self._old = dict(self._core["extra"])
        self._core["extra"].update(self._kw)

    def __exit__(self, *exc):
        self._core["extra"].clear()
        self._core["extra"].update(self._old)


class _Stderr:
    def write(self, text):
        sys.stderr.write(text)


logger = Logger({"handlers": {}, "count": -1, "extra": {}, "disabled": set()})
logger.add(_Stderr())
