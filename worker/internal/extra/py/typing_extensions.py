from typing import *
from typing import Annotated, Any, Literal, Protocol, Self, TypedDict, cast, final, overload, runtime_checkable


def override(fn):
    return fn


def deprecated(message, /, **kw):
    return lambda fn: fn


class _Any:
    def __getitem__(self, item):
        return self


NotRequired = Required = ReadOnly = TypeAlias = Unpack = Never = LiteralString = TypeGuard = Concatenate = Doc = _Any()
