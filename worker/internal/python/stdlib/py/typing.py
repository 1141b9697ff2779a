TYPE_CHECKING = False


class _Form:
    def __init__(self, name="Any"):
        self._name = name

    def __getitem__(self, item):
        return self

    def __call__(self, *args, **kw):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return "typing." + self._name


Any = _Form("Any")
Union = _Form("Union")
Optional = _Form("Optional")
List = _Form("List")
Dict = _Form("Dict")
Set = _Form("Set")
FrozenSet = _Form("FrozenSet")
Tuple = _Form("Tuple")
Type = _Form("Type")
Callable = _Form("Callable")
Iterator = _Form("Iterator")
Iterable = _Form("Iterable")
Generator = _Form("Generator")
Sequence = _Form("Sequence")
Mapping = _Form("Mapping")
MutableMapping = _Form("MutableMapping")
DefaultDict = _Form("DefaultDict")
Deque = _Form("Deque")
Literal = _Form("Literal")
Final = _Form("Final")
ClassVar = _Form("ClassVar")
Annotated = _Form("Annotated")
NoReturn = _Form("NoReturn")
Self = _Form("Self")
Awaitable = _Form("Awaitable")
Coroutine = _Form("Coroutine")
Hashable = _Form("Hashable")
Text = str
AnyStr = _Form("AnyStr")


class Generic:
    def __class_getitem__(cls, item):
        return cls


class Protocol(Generic):
    pass


def TypeVar(name, *args, **kw):
    return _Form(name)


def ParamSpec(name):
    return _Form(name)


def NewType(name, tp):
    return lambda x: x


def cast(tp, value):
    return value


def overload(fn):
    return fn


def final(fn):
    return fn


def runtime_checkable(cls):
    return cls


def get_type_hints(obj, *args, **kw):
    return dict(getattr(obj, "__annotations__", {}))


class TypedDict(dict):
    def __init_subclass__(cls, total=True):
        pass


class _NamedTupleMeta(type):
    def __new__(mcs, name, bases, ns):
        if not bases:
            return super().__new__(mcs, name, bases, ns)
        from collections import namedtuple
        fields = list(ns.get("__annotations__", ()))
        made = namedtuple(name, fields, defaults=[ns[f] for f in fields if f in ns])
        for k, v in ns.items():
            if k not in fields:
                setattr(made, k, v)
        return made

    def __call__(cls, name, fields=(), /, **more):
        from collections import namedtuple
        return namedtuple(name, [f[0] for f in fields] + list(more))


class NamedTuple(metaclass=_NamedTupleMeta):
    pass




for _n in ("Concatenate ForwardRef TypeVarTuple AbstractSet ByteString Container ContextManager ItemsView KeysView MappingView MutableSequence MutableSet Sized "
           "ValuesView AsyncIterator AsyncIterable Collection AsyncGenerator AsyncContextManager Reversible SupportsAbs SupportsBytes SupportsComplex SupportsFloat "
           "SupportsIndex SupportsInt SupportsRound ChainMap Counter OrderedDict BinaryIO IO Match Pattern TextIO LiteralString Never NotRequired Required TypeAlias "
           "TypeGuard Unpack ParamSpecArgs ParamSpecKwargs").split():
    globals()[_n] = _Form(_n)


def get_args(tp):
    return getattr(tp, "__args__", ())


def get_origin(tp):
    return getattr(tp, "__origin__", None)


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def no_type_check(arg):
    return arg


def dataclass_transform(**kw):
    return lambda cls: cls


def no_type_check_decorator(decorator):
    return decorator


def reveal_type(obj, /):
    import sys

    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def get_overloads(func):
    return []


def clear_overloads():
    pass


def is_typeddict(tp):
    return isinstance(tp, type) and tp is not TypedDict and issubclass(tp, TypedDict)
