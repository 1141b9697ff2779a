"""Dataclasses. The __init__ of each is compiled from source, so that it takes its arguments, and refuses them, like any function."""
import types as _types
from copy import deepcopy as _deepcopy


class FrozenInstanceError(AttributeError):
    pass


class _Named:
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name


class _MISSING_TYPE:
    def __repr__(self):
        return f"<dataclasses._MISSING_TYPE object at {id(self):#x}>"


class _KW_ONLY_TYPE:
    pass


MISSING, KW_ONLY, _HAS_DEFAULT_FACTORY = _MISSING_TYPE(), _KW_ONLY_TYPE(), _Named("<factory>")


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        return f"dataclasses.InitVar[{getattr(self.type, '__name__', repr(self.type))}]"


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory, self.init, self.repr, self.hash, self.compare = default, default_factory, init, repr, hash, compare
        self.metadata, self.kw_only, self._field_type = _types.MappingProxyType({} if metadata is None else metadata), kw_only, None

    def __repr__(self):
        names = "name type default default_factory init repr hash compare metadata kw_only _field_type".split()
        return "Field(" + ",".join(f"{n}={getattr(self, n)!r}" for n in names) + ")"


_FIELD, _FIELD_INITVAR = _Named("_FIELD"), _Named("_FIELD_INITVAR")


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is(annotation, cls, names):
    """Whether an annotation is, or is spelled, one of the special ones."""
    if isinstance(annotation, str):
        head = annotation.partition("[")[0].strip()
        return head in names
    return annotation is cls or isinstance(annotation, type(cls) if not isinstance(cls, type) else cls)


def _is_classvar(annotation):
    text = annotation if isinstance(annotation, str) else repr(annotation)
    return text.partition("[")[0].strip() in ("ClassVar", "typing.ClassVar", "t.ClassVar")


def _fields_of(cls, kw_only):
    """The fields of the class's own annotations."""
    found = []
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if _is(annotation, KW_ONLY, ("KW_ONLY", "dataclasses.KW_ONLY")):
            kw_only = True
            continue
        if _is_classvar(annotation):
            if isinstance(cls.__dict__.get(name), Field) and cls.__dict__[name].default_factory is not MISSING:
                raise TypeError(f"field {name} cannot have a default factory")
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else field(default=default)
        f.name, f.type = name, annotation
        f._field_type = _FIELD_INITVAR if _is(annotation, InitVar, ("InitVar", "dataclasses.InitVar")) else _FIELD
        if f.kw_only is MISSING:
            f.kw_only = kw_only
        if f.default.__class__.__hash__ is None or type(f.default) in (list, dict, set):
            raise ValueError(f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory")
        if isinstance(default, Field):
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        found.append(f)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls.__dict__.get("__annotations__", {}):
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return found


def _parameter(f):
    if f.default is MISSING and f.default_factory is MISSING:
        return f.name
    return f"{f.name}=_d_{f.name}"


def _make_init(cls, fields):
    scope, body, seen = {"_set": object.__setattr__, "_FACTORY": _HAS_DEFAULT_FACTORY}, [], None
    plain = [f for f in fields if f.init and not f.kw_only]
    keyword = [f for f in fields if f.init and f.kw_only]
    for f in plain:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen = f
        elif seen:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    frozen = cls.__dataclass_params__.frozen
    for f in fields:
        value = f.name
        if f.default_factory is not MISSING:
            scope["_d_" + f.name], scope["_f_" + f.name] = _HAS_DEFAULT_FACTORY, f.default_factory
            value = f"_f_{f.name}() if {f.name} is _FACTORY else {f.name}" if f.init else f"_f_{f.name}()"
        elif f.default is not MISSING:
            scope["_d_" + f.name] = f.default
            if not f.init:
                continue
        elif not f.init:
            continue
        if f._field_type is _FIELD:
            body.append(f"_set(self, {f.name!r}, {value})" if frozen else f"self.{f.name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(f"self.__post_init__({', '.join(f.name for f in fields if f._field_type is _FIELD_INITVAR)})")
    names = ["self", *map(_parameter, plain)] + (["*", *map(_parameter, keyword)] if keyword else [])
    exec(f"def __init__({', '.join(names)}):\n    " + "\n    ".join(body or ["pass"]) + "\n", scope)
    init = scope["__init__"]
    init.__annotations__ = {f.name: f.type for f in plain + keyword} | {"return": None}
    return init


def _values(obj, names):
    return tuple([getattr(obj, n) for n in names])


def _make_repr(fields):
    names, running = [f.name for f in fields if f.repr], set()

    def __repr__(self):
        if id(self) in running:
            return "..."
        running.add(id(self))
        try:
            return self.__class__.__qualname__ + "(" + ", ".join([f"{n}={getattr(self, n)!r}" for n in names]) + ")"
        finally:
            running.discard(id(self))
    return __repr__


def _comparisons(names):
    def __lt__(self, other):
        return _values(self, names) < _values(other, names) if other.__class__ is self.__class__ else NotImplemented

    def __le__(self, other):
        return _values(self, names) <= _values(other, names) if other.__class__ is self.__class__ else NotImplemented

    def __gt__(self, other):
        return _values(self, names) > _values(other, names) if other.__class__ is self.__class__ else NotImplemented

    def __ge__(self, other):
        return _values(self, names) >= _values(other, names) if other.__class__ is self.__class__ else NotImplemented
    return __lt__, __le__, __gt__, __ge__


def _set(cls, function, overwrite=False):
    name = function.__name__
    if name in cls.__dict__ and not overwrite:
        return False
    function.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, function)
    return True


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)
    for f in (__setattr__, __delattr__):
        if not _set(cls, f):
            raise TypeError(f"Cannot overwrite attribute {f.__name__} in class {cls.__name__}")


def _hash_of(cls, p, names, own_hash):
    def __hash__(self):
        return hash(_values(self, names))
    if p.unsafe_hash:
        if own_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        _set(cls, __hash__, True)
    elif p.eq and not own_hash:
        if p.frozen:
            _set(cls, __hash__, True)
        else:
            cls.__hash__ = None


def _process(cls, params):
    p = cls.__dataclass_params__ = _types.SimpleNamespace(**params)
    merged, frozen_bases = {}, []
    for base in reversed(cls.__mro__[1:]):
        if "__dataclass_fields__" in base.__dict__:
            merged.update(base.__dataclass_fields__)
            frozen_bases.append(base.__dataclass_params__.frozen)
    if frozen_bases and not p.frozen and any(frozen_bases):
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if p.frozen and not all(frozen_bases):
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    own_hash = cls.__dict__.get("__hash__") is not None
    for f in _fields_of(cls, p.kw_only):
        merged[f.name] = f
    cls.__dataclass_fields__ = merged
    every = list(merged.values())
    kept = [f for f in every if f._field_type is _FIELD]
    compared = [f.name for f in kept if f.compare]
    if p.init:
        _set(cls, _make_init(cls, every), True)
    if p.repr:
        _set(cls, _make_repr(kept))
    if p.eq:
        def __eq__(self, other):
            return _values(self, compared) == _values(other, compared) if other.__class__ is self.__class__ else NotImplemented
        _set(cls, __eq__)
    if p.order:
        if not p.eq:
            raise ValueError("eq must be true if order is true")
        for method in _comparisons(compared):
            if not _set(cls, method):
                raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {cls.__name__}. Consider using functools.total_ordering")
    if p.frozen:
        _freeze(cls, {f.name for f in kept})
    _hash_of(cls, p, [f.name for f in kept if (f.compare if f.hash is None else f.hash)], own_hash)
    if p.match_args:
        cls.__match_args__ = tuple(f.name for f in every if f.init and not f.kw_only)
    if not cls.__doc__:
        cls.__doc__ = cls.__name__ + "(" + ", ".join(f.name for f in every if f.init) + ")"
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    params = {"init": init, "repr": repr, "eq": eq, "order": order, "unsafe_hash": unsafe_hash, "frozen": frozen, "match_args": match_args, "kw_only": kw_only, "slots": slots}
    return (lambda c: _process(c, params)) if cls is None else _process(cls, params)


def fields(class_or_instance):
    try:
        every = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in every.values() if f._field_type is _FIELD)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _instance(obj, function):
    if not hasattr(type(obj), "__dataclass_fields__"):
        raise TypeError(f"{function}() should be called on dataclass instances")


def asdict(obj, *, dict_factory=dict):
    _instance(obj, "asdict")
    return _plain(obj, lambda o: dict_factory([(f.name, _plain(getattr(o, f.name), None, dict_factory)) for f in fields(o)]), dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    _instance(obj, "astuple")
    make = lambda o: tuple_factory([_plain(getattr(o, f.name), make) for f in fields(o)])
    return make(obj)


def _plain(value, make, dict_factory=dict):
    """A copy in which dataclasses have become what make makes of them."""
    if hasattr(type(value), "__dataclass_fields__"):
        return make(value) if make else asdict(value, dict_factory=dict_factory)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_plain(v, make, dict_factory) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(v, make, dict_factory) for v in value])
    if isinstance(value, dict):
        items = [(_plain(k, make, dict_factory), _plain(v, make, dict_factory)) for k, v in value.items()]
        return type(value)(value.default_factory, items) if hasattr(type(value), "__missing__") and hasattr(value, "default_factory") else type(value)(items)
    return _deepcopy(value)


def replace(obj, /, **changes):
    if not hasattr(type(obj), "__dataclass_fields__"):
        raise TypeError("replace() should be called on dataclass instances")
    for f in obj.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise ValueError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body, annotations = dict(namespace or {}), {}
    for item in fields:
        name, *rest = (item,) if isinstance(item, str) else item
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = rest[0] if rest else "typing.Any"
        if len(rest) == 2:
            body[name] = rest[1]
    body["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, body), **options)
