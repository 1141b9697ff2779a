# The text of exceptions and of the call stack. A frame tells its code, its line and, on a stack, its globals.
import sys

import _traceback_go as _go


class FrameSummary:
    __slots__ = ("filename", "lineno", "name", "line", "locals", "_text")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **positions):
        self.filename, self.lineno, self.name, self.line, self.locals, self._text = filename, lineno, name, line or "", locals, None

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, i):
        return (self.filename, self.lineno, self.name, self.line)[i]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return tuple(self) == tuple(other) and self.locals == other.locals
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    @classmethod
    def from_list(cls, a_list):
        out = cls()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, lineno, name, line = entry
                entry = FrameSummary(filename, lineno, name, line=line)
            out.append(entry)
        return out

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        return cls(_limited([_summary(f, line) for f, line in frame_gen], limit))

    def format_frame_summary(self, frame_summary):
        if frame_summary._text is not None:
            return frame_summary._text
        text = f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        return text + f"    {frame_summary.line.strip()}\n" if frame_summary.line else text

    def format(self):
        out, last, count = [], None, 0
        for f in [*self, None]:
            here = f and (f.filename, f.lineno, f.name)
            if here != last:
                if count > 3:
                    out.append(f"  [Previous line repeated {count - 3} more time{'s' if count > 4 else ''}]\n")
                last, count = here, 0
            count += 1
            if f is not None and count <= 3:
                out.append(self.format_frame_summary(f))
        return out


def _summary(frame, lineno):
    code = frame.f_code
    return FrameSummary(code.co_filename, lineno, code.co_name, line=_go.line(frame))


def _limited(entries, limit):
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    f = _go.stack() if f is None else f
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    out = StackSummary()
    for filename, lineno, name, line, text in _limited(_go.entries(tb), limit):
        summary = FrameSummary(filename, lineno, name, line=line)
        summary._text = text
        out.append(summary)
    return out


def extract_stack(f=None, limit=None):
    frames = [_summary(frame, lineno) for frame, lineno in walk_stack(f)]
    frames.reverse()
    return StackSummary(_limited(frames, None if limit is None else -limit))


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    print("".join(format_list(extracted_list)), end="", file=file or sys.stderr)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    print("".join(format_tb(tb, limit)), end="", file=file or sys.stderr)


def format_stack(f=None, limit=None):
    return extract_stack(f, limit).format()


def print_stack(f=None, limit=None, file=None):
    print("".join(format_stack(f, limit)), end="", file=file or sys.stderr)


_absent = object()
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


def _value(exc, value):
    return exc if value is _absent else value


def _parts(exc, tb, limit, chain, seen):
    out = []
    if chain and id(exc) not in seen:
        seen.add(id(exc))
        before, words = (exc.__cause__, _CAUSE) if exc.__cause__ is not None else (None if exc.__suppress_context__ else exc.__context__, _CONTEXT)
        if before is not None and id(before) not in seen:
            out = _parts(before, before.__traceback__, limit, chain, seen) + [words]
    if tb is not None:
        out.append("Traceback (most recent call last):\n")
        out += format_tb(tb, limit)
    return out + format_exception_only(exc)


def format_exception(exc, /, value=_absent, tb=_absent, limit=None, chain=True):
    exc = _value(exc, value)
    if exc is None:
        return ["NoneType: None\n"]
    parts = _parts(exc, exc.__traceback__ if tb is _absent else tb, limit, chain, set())
    if limit is None and chain and tb is _absent:
        whole = _go.format_exception(exc)
        return parts if "".join(parts) == whole else [whole]
    return parts


def format_exception_only(exc, /, value=_absent):
    return [_go.only(_value(exc, value)) + "\n"]


def print_exception(exc, /, value=_absent, tb=_absent, limit=None, file=None, chain=True):
    print("".join(format_exception(exc, value, tb, limit, chain)), end="", file=file or sys.stderr)


def format_exc(limit=None, chain=True):
    if limit is None and chain:
        return _go.format_exception(_go.handling())
    return "".join(format_exception(_go.handling(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print(format_exc(limit, chain), end="", file=file or sys.stderr)


def clear_frames(tb):
    pass  # a traceback keeps no local variables


class TracebackException:
    """What is to be printed of an exception, without the exception."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        seen = _seen or set()
        seen.add(id(exc_value))
        self.exc_type, self.stack = exc_type, extract_tb(exc_traceback, limit)
        self._str, self._only = str(exc_value), format_exception_only(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self.__suppress_context__ = exc_value is not None and exc_value.__suppress_context__

        def other(e):
            if e is None or id(e) in seen:
                return None
            return TracebackException(type(e), e, e.__traceback__, limit=limit, _seen=seen)

        self.__cause__ = other(getattr(exc_value, "__cause__", None))
        self.__context__ = other(getattr(exc_value, "__context__", None))

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __str__(self):
        return self._str

    def format_exception_only(self):
        yield from self._only

    def format(self, *, chain=True):
        if chain and self.__cause__ is not None:
            yield from self.__cause__.format(chain=chain)
            yield _CAUSE
        elif chain and self.__context__ is not None and not self.__suppress_context__:
            yield from self.__context__.format(chain=chain)
            yield _CONTEXT
        if self.stack:
            yield "Traceback (most recent call last):\n"
            yield from self.stack.format()
        yield from self._only

    def print(self, *, file=None, chain=True):
        for line in self.format(chain=chain):
            print(line, end="", file=file or sys.stderr)
