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


Buffer = TypeIs = TypeForm = Reader = Writer = NoDefault = NoExtraItems = CapsuleType = _Any()
IntVar, TypeAliasType = TypeVar, lambda name, value, *, type_params=(): value


class Format:
    VALUE, VALUE_WITH_FAKE_GLOBALS, FORWARDREF, STRING = 1, 2, 3, 4


class Sentinel:
    def __init__(self, name, repr=None):
        self._name, self._repr = name, repr or f"<{name}>"

    def __repr__(self):
        return self._repr


sentinel, runtime = Sentinel, runtime_checkable


def disjoint_base(cls):
    return cls


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    return dict(getattr(obj, "__annotations__", None) or {})


def get_original_bases(cls, /):
    return getattr(cls, "__orig_bases__", cls.__bases__)


def is_protocol(tp, /):
    return isinstance(tp, type) and tp is not Protocol and Protocol in tp.__bases__


def get_protocol_members(tp, /):
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(n for n in [*vars(tp), *getattr(tp, "__annotations__", {})] if not n.startswith("__"))


def type_repr(value):
    return value.__qualname__ if isinstance(value, type) and value.__module__ == "builtins" else repr(value)
