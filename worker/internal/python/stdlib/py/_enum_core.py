"""Enumerations. The metaclass turns the plain attributes of a class into its members when the class statement ends."""
from types import MappingProxyType as _MappingProxyType

_property, _data = property, (int, str, float, bytes, tuple)


class auto:
    """The next value, whatever the class makes of that."""

    def __init__(self, value=None):
        self.value = value

    def __or__(self, other):
        return _Combined(lambda a, b: a | b, self, other)

    def __and__(self, other):
        return _Combined(lambda a, b: a & b, self, other)

    def __xor__(self, other):
        return _Combined(lambda a, b: a ^ b, self, other)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


class _Combined(auto):
    """Bits of members whose values come when the class statement has ended."""

    def __init__(self, operator, *operands):
        super().__init__()
        self._operator, self._operands = operator, operands

    def resolve(self):
        return self._operator(*[o.resolve() if isinstance(o, _Combined) else o.value if isinstance(o, auto) else o for o in self._operands])


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class property(_property):
    """An attribute of the members, which may have the name of a member."""


def _is_member(name, value):
    if isinstance(value, (member, auto)):
        return True
    if name.startswith("_") and name.endswith("_") or isinstance(value, nonmember):
        return False
    return not hasattr(value, "__get__") and not isinstance(value, (staticmethod, classmethod, _property))


def _ignored(namespace):
    names = namespace.get("_ignore_", ())
    return {"_ignore_", *(names.replace(",", " ").split() if isinstance(names, str) else names)}


class EnumType(type):
    def __new__(mcs, name, bases, namespace, *, boundary=None, **kwds):
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError(f"<enum {name!r}> cannot extend {base!r}")
        ignored, found, body = _ignored(namespace), [], {}
        for key, value in namespace.items():
            if key not in ignored:
                if _is_member(key, value):
                    found.append((key, value.value if isinstance(value, member) else value))
                else:
                    body[key] = value.value if isinstance(value, nonmember) else value
        make = body.pop("__new__", None)
        if make is not None:
            body["_new_member_"] = make if isinstance(make, staticmethod) else staticmethod(make)
        if boundary is not None:
            body["_boundary_"] = boundary
        cls = super().__new__(mcs, name, bases, body, **kwds)
        setattr(cls, "_member_map_", {})
        setattr(cls, "_value2member_map_", {})
        setattr(cls, "_member_type_", _mixin(cls))
        _own_texts(cls)
        for key, value in found:
            _add(cls, key, value)
        cls._member_names_ = [k for k, m in cls._member_map_.items() if m._name_ == k and _canonical(cls, m)]
        if cls._is_flag_:
            cls._flag_mask_ = _mask(cls)
        return cls

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        return _find(cls, value) if names is None else _functional(cls, value, names, module, type, start, boundary)

    def __iter__(cls):
        return iter([cls._member_map_[n] for n in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[n] for n in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, value):
        if not isinstance(value, Enum):
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(value).__qualname__}' and '{cls.__class__.__qualname__}'")
        return isinstance(value, cls)

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __repr__(cls):
        return f"<{'flag' if cls._is_flag_ else 'enum'} {cls.__name__!r}>"

    @_property
    def __members__(cls):
        return _MappingProxyType(cls._member_map_)


EnumMeta = EnumType


def _mixin(cls):
    """The class of data that the members extend, such as int or str."""
    for base in cls.__mro__[1:]:
        if not isinstance(base, EnumType) and any(b in _data for b in base.__mro__):
            return base
    return object


def _own_texts(cls):
    """The texts of the class of data do not count: those of the enumerations do."""
    if cls._member_type_ is not object:
        for name in ("__repr__", "__str__", "__format__"):
            owner = next(c for c in cls.__mro__ if name in c.__dict__ and c not in _data)
            if owner is not cls and owner is not object:
                setattr(cls, name, owner.__dict__[name])


def _resolve(cls, key, value):
    if isinstance(value, _Combined):
        return value.resolve()
    if isinstance(value, auto):
        if value.value is None:
            value.value = cls._generate_next_value_(key, 1, len(cls._member_map_), [m._value_ for m in cls._member_map_.values()])
        return value.value
    if isinstance(value, tuple) and any(isinstance(v, auto) for v in value):
        return tuple(_resolve(cls, key, v) for v in value)
    return value


def _instance(cls, value, args):
    make, data = getattr(cls, "_new_member_", None), cls._member_type_
    if make is not None:
        new = make(cls, *args)
    else:
        new = object.__new__(cls) if data is object else data.__new__(cls, *args)
    if "_value_" not in new.__dict__:
        new._value_ = value if data is object else data(*args)
    return new


def _add(cls, key, value):
    if key == "mro":
        raise ValueError("invalid enum member name(s) 'mro'")
    value = _resolve(cls, key, value)
    args = value if isinstance(value, tuple) and cls._member_type_ is not tuple else (value,)
    new = _instance(cls, value, args)
    new._name_, new.__objclass__ = key, cls
    if cls.__init__ is not Enum.__init__:
        new.__init__(*args)
    for m in cls._member_map_.values():
        if m._value_ == new._value_:
            new = m
            break
    setattr(cls, key, new)
    cls._member_map_[key] = new
    try:
        cls._value2member_map_.setdefault(new._value_, new)
    except TypeError:
        pass  # not hashable: _find compares


def _canonical(cls, m):
    return not cls._is_flag_ or m._value_ > 0 and m._value_ & (m._value_ - 1) == 0


def _mask(cls):
    mask = 0
    for m in cls._member_map_.values():
        mask |= m._value_
    return mask


def _find(cls, value):
    if type(value) is cls:
        return value
    try:
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
    except TypeError:
        for m in cls._member_map_.values():
            if m._value_ == value:
                return m
    if not cls._member_map_ and not cls._is_flag_:
        raise TypeError(f"{cls} has no members; specify `names=()` if you meant to create a new, empty, enum")
    result = cls._missing_(value)
    if isinstance(result, cls) or cls._is_flag_ and cls._boundary_ == "eject" and isinstance(result, int):
        return result
    if result is None:
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
    raise TypeError(f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member")


def _functional(cls, name, names, module, mixin, start, boundary):
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if not isinstance(names, dict):
        names = list(names)
        if not names or isinstance(names[0], str):
            made = []
            for i, n in enumerate(names):
                made.append(cls._generate_next_value_(n, start, i, made[:]))
            names = zip(names, made)
        names = dict(names)
    body = {n: member(v) for n, v in names.items()}
    if module is not None:
        body["__module__"] = module
    return EnumType(name, (cls,) if mixin is None else (mixin, cls), body, boundary=boundary)


class Enum(metaclass=EnumType):
    _is_flag_ = False

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [v for v in last_values if isinstance(v, (int, float))]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    @_property
    def name(self):
        return self._name_

    @_property
    def value(self):
        return self._value_

    def __init__(self, *args):
        pass

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, spec):
        return str.__format__(str(self), spec)

    def __dir__(self):
        own = {n for c in type(self).__mro__ for n in c.__dict__ if n[0] != "_"} - set(type(self)._member_map_)
        return sorted({"__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"} | own)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    """Members look like their values in text."""


class IntEnum(int, ReprEnum):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return int.__format__(self._value_, spec)

    __hash__ = int.__hash__


class StrEnum(str, ReprEnum):
    @staticmethod
    def _new_member_(cls, *values):
        for v in values:
            if not isinstance(v, str):
                raise TypeError(f"{v!r} is not a string")
        new = str.__new__(cls, *values)
        new._value_ = str(*values)
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return str.__format__(self._value_, spec)

    __hash__ = str.__hash__


for _c in (EnumType, Enum, ReprEnum, IntEnum, StrEnum):
    setattr(_c, "__module__", "enum")
