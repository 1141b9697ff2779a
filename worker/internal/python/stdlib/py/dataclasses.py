class _Missing:
    pass


MISSING = _Missing()


class Field:
    def __init__(self, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
        self.default, self.default_factory, self.init, self.repr, self.compare = default, default_factory, init, repr, compare
        self.metadata = metadata or {}


def field(**kw):
    return Field(**kw)


class FrozenInstanceError(AttributeError):
    pass


def _args(cls, flds, args, kw):
    name = cls.__qualname__ + ".__init__()"
    inits = [f for f in flds if f.init]
    if len(args) > len(inits):
        raise TypeError(f"{name} takes {len(inits) + 1} positional arguments but {len(args) + 1} were given")
    got = {f.name: v for f, v in zip(inits, args)}
    for k, v in kw.items():
        if k in got:
            raise TypeError(f"{name} got multiple values for argument '{k}'")
        if not any(f.name == k for f in inits):
            raise TypeError(f"{name} got an unexpected keyword argument '{k}'")
        got[k] = v
    missing = [repr(f.name) for f in inits if f.name not in got and f.default is MISSING and f.default_factory is MISSING]
    if missing:
        s = "s" if len(missing) > 1 else ""
        text = missing[0] if len(missing) == 1 else " and ".join(missing) if len(missing) == 2 else ", ".join(missing[:-1]) + ", and " + missing[-1]
        raise TypeError(f"{name} missing {len(missing)} required positional argument{s}: {text}")
    return got


def _process(cls, init, repr_, eq, order, frozen):
    flds = {}
    for base in reversed(cls.__mro__[1:]):
        for f in base.__dict__.get("__dataclass_fields__", {}).values():
            flds[f.name] = f
    for name, tp in cls.__dict__.get("__annotations__", {}).items():
        if "ClassVar" in str(tp):
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else Field(default=default)
        if isinstance(default, (list, dict, set)):
            raise ValueError(f"mutable default {type(default)} for field {name} is not allowed: use default_factory")
        f.name, f.type = name, tp
        if isinstance(default, Field):
            if default.default is not MISSING:
                setattr(cls, name, default.default)
            else:
                delattr(cls, name)
        flds[name] = f
    cls.__dataclass_fields__ = flds
    every = list(flds.values())
    cls.__match_args__ = tuple(f.name for f in every if f.init)

    def __init__(self, *args, **kw):
        got = _args(cls, every, args, kw)
        for f in every:
            if f.name in got:
                value = got[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            object.__setattr__(self, f.name, value)
        post = getattr(self, "__post_init__", None)
        if post:
            post()

    def __repr__(self):
        return self.__class__.__qualname__ + "(" + ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in every if f.repr) + ")"

    def key(self):
        return tuple(getattr(self, f.name) for f in every if f.compare)

    def __eq__(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return key(self) == key(other)

    if init and "__init__" not in cls.__dict__:
        cls.__init__ = __init__
    if repr_ and "__repr__" not in cls.__dict__:
        cls.__repr__ = __repr__
    if eq and "__eq__" not in cls.__dict__:
        cls.__eq__ = __eq__
        cls.__hash__ = (lambda self: hash(key(self))) if frozen else None
    if order:
        cls.__lt__ = lambda a, b: key(a) < key(b)
        cls.__le__ = lambda a, b: key(a) <= key(b)
        cls.__gt__ = lambda a, b: key(a) > key(b)
        cls.__ge__ = lambda a, b: key(a) >= key(b)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        cls.__setattr__ = __setattr__
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, slots=False, kw_only=False):
    def wrap(c):
        return _process(c, init, repr, eq, order, frozen)
    return wrap if cls is None else wrap(cls)


def fields(obj):
    return tuple(obj.__dataclass_fields__.values())


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def asdict(obj):
    if is_dataclass(obj):
        return {f.name: asdict(getattr(obj, f.name)) for f in fields(obj)}
    if isinstance(obj, (list, tuple)):
        return type(obj)(asdict(x) for x in obj)
    if isinstance(obj, dict):
        return {k: asdict(v) for k, v in obj.items()}
    return obj


def astuple(obj):
    return tuple(asdict(getattr(obj, f.name)) for f in fields(obj))


def replace(obj, **kw):
    return obj.__class__(**{**{f.name: getattr(obj, f.name) for f in fields(obj) if f.init}, **kw})
