"""How log records become text, and which of them pass."""
import time

import _traceback_go as _tb


class Formatter:
    converter, default_time_format, default_msec_format = staticmethod(time.localtime), "%Y-%m-%d %H:%M:%S", "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        if style not in "%{$":
            raise ValueError(f"Style must be one of: %,{{,$")
        self._fmt = fmt or {"%": "%(message)s", "{": "{message}", "$": "${message}"}[style]
        self.datefmt, self._style, self._defaults = datefmt, style, defaults or {}

    def usesTime(self):
        return any(mark in self._fmt for mark in {"%": ("%(asctime)",), "{": ("{asctime",), "$": ("$asctime", "${asctime}")}[self._style])

    def formatTime(self, record, datefmt=None):
        t = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, t)
        s = time.strftime(self.default_time_format, t)
        return self.default_msec_format % (s, record.msecs) if self.default_msec_format else s

    def formatException(self, ei):
        e = ei[1] if isinstance(ei, tuple) else ei
        return _tb.format_exception(e).rstrip("\n")

    def formatStack(self, stack_info):
        return stack_info

    def formatMessage(self, record):
        values = {**self._defaults, **record.__dict__}
        if self._style == "{":
            return self._fmt.format(**values)
        if self._style == "$":
            from string import Template
            return Template(self._fmt).substitute(**values)
        return self._fmt % values

    def format(self, record):
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        s = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        for more in (record.exc_text, record.stack_info and self.formatStack(record.stack_info)):
            if more:
                s += ("" if s.endswith("\n") else "\n") + more
        return s


class BufferingFormatter:
    def __init__(self, linefmt=None):
        self.linefmt = linefmt or Formatter()

    def formatHeader(self, records):
        return ""

    def formatFooter(self, records):
        return ""

    def format(self, records):
        return self.formatHeader(records) + "".join(map(self.linefmt.format, records)) + self.formatFooter(records) if records else ""


class Filter:
    """Lets the records of a logger and of those below it pass."""

    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + ".")


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        return all((f.filter(record) if hasattr(f, "filter") else f(record)) for f in self.filters)
