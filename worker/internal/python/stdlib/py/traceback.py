import _traceback_go as _go
import sys


def format_exc(limit=None, chain=True):
    return _go.format_exception(_go.handling())


def print_exc(limit=None, file=None, chain=True):
    print(format_exc(), end="", file=file or sys.stderr)


def format_tb(tb, limit=None):
    return _go.format_tb(tb)


def print_tb(tb, limit=None, file=None):
    print("".join(format_tb(tb)), end="", file=file or sys.stderr)


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    return [_go.format_exception(value if value is not None else exc)]


def format_exception_only(exc, value=None):
    return [_go.only(value if value is not None else exc) + "\n"]


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    print("".join(format_exception(exc, value)), end="", file=file or sys.stderr)


def format_stack(*args):
    return []


def print_stack(*args):
    pass
