import sys as _sys
from _abcs_of_data import Mapping as _Mapping


class SimpleNamespace:
    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return f"{name}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented


class MappingProxyType(_Mapping):
    """A view of a mapping that cannot be written to."""

    def __init__(self, mapping):
        if not isinstance(mapping, _Mapping):
            raise TypeError(f"mappingproxy() argument must be a mapping, not {type(mapping).__name__}")
        object.__setattr__(self, "_mapping", mapping)

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __reversed__(self):
        return reversed(self._mapping)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def copy(self):
        return self._mapping.copy()

    def __or__(self, other):
        return dict(self._mapping) | dict(other)

    def __ror__(self, other):
        return dict(other) | dict(self._mapping)

    def __eq__(self, other):
        return self._mapping == (other._mapping if isinstance(other, MappingProxyType) else other)

    def __str__(self):
        return str(self._mapping)

    def __repr__(self):
        return f"mappingproxy({self._mapping!r})"


MappingProxyType.__name__ = "mappingproxy"


def _examples():
    """Objects of the types that have no name elsewhere."""
    def generator():
        yield

    async def coroutine():
        pass

    async def asynchronous():
        yield

    class C:
        def method(self):
            pass

    co = coroutine()
    co.close()
    return generator(), co, asynchronous(), C().method, generator.__code__


_generator, _coroutine, _async, _method, _code = _examples()
FunctionType = LambdaType = type(_examples)
BuiltinFunctionType = BuiltinMethodType = WrapperDescriptorType = MethodWrapperType = MethodDescriptorType = ClassMethodDescriptorType = type(len)
GetSetDescriptorType = MemberDescriptorType = property
GeneratorType, CoroutineType, AsyncGeneratorType, CodeType = type(_generator), type(_coroutine), type(_async), type(_code)
NoneType, EllipsisType, NotImplementedType, ModuleType = type(None), type(...), type(NotImplemented), type(_sys)
_MethodType = type(_method)
try:
    raise TypeError
except TypeError as _e:
    TracebackType = type(_e.__traceback__)


class MethodType:
    """types.MethodType(function, obj) is what obj.function is; isinstance knows every bound method."""
    __subclasshook_go__ = lambda cls, other: cls is MethodType and other is _MethodType

    def __new__(cls, function, instance):
        if instance is None:
            raise TypeError("instance must not be None")
        if isinstance(function, FunctionType):
            return function.__get__(instance, type(instance))
        return lambda *args, **kwargs: function(instance, *args, **kwargs)


class _Absent:
    """A type of which this interpreter has no objects."""


class CellType(_Absent):
    def __init__(self, contents=None):
        self.cell_contents = contents


class FrameType(_Absent):
    pass


class GenericAlias(_Absent):
    """list[int] and its like are the classes themselves here."""

    def __new__(cls, origin, args):
        return origin


class UnionType(_Absent):
    """X | Y is a tuple of classes here."""


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    meta, ns, kwds = prepare_class(name, bases, kwds)
    if exec_body is not None:
        exec_body(ns)
    return meta(name, resolve_bases(bases), ns, **kwds)


def resolve_bases(bases):
    out = []
    for base in bases:
        if isinstance(base, type) or not hasattr(base, "__mro_entries__"):
            out.append(base)
        else:
            out.extend(base.__mro_entries__(bases))
    return tuple(out)


def prepare_class(name, bases=(), kwds=None):
    kwds = dict(kwds or {})
    meta = kwds.pop("metaclass", type(bases[0]) if bases else type)
    for base in bases:
        if issubclass(type(base), meta):
            meta = type(base)
    ns = meta.__prepare__(name, bases, **kwds) if hasattr(meta, "__prepare__") else {}
    return meta, ns, kwds


def coroutine(func):
    return func
