class auto:
    pass


class EnumMeta(type):
    def __iter__(cls):
        return iter(list(cls._member_map_.values()))

    def __getattr__(cls, name):
        raise AttributeError(name)


class Enum(metaclass=EnumMeta):
    _member_map_ = {}

    def __init_subclass__(cls, **kw):
        members = {}
        cls._member_map_ = members
        last = 0
        mixin = next((b for b in cls.__mro__ if b in (int, str, float)), None)
        for n in ("__repr__", "__str__", "__format__"):  # those of the mixed-in class do not count
            for b in cls.__mro__:
                if b not in (int, str, float) and n in b.__dict__:
                    setattr(cls, n, b.__dict__[n])
                    break
        for name, value in list(cls.__dict__.items()):
            if name.startswith("_") or callable(value) or isinstance(value, (property, classmethod, staticmethod)):
                if not isinstance(value, type) or value is not auto:
                    if not isinstance(value, auto):
                        continue
            if isinstance(value, auto):
                value = cls._auto(name, last, len(members))
            if isinstance(value, int):
                last = value
            member = next((m for m in members.values() if m._value_ == value), None)
            if member is None:
                member = mixin.__new__(cls, value) if mixin else object.__new__(cls)
                member._name_, member._value_ = name, value
                init = cls.__dict__.get("__init__")
                if init:
                    init(member, *(value if isinstance(value, tuple) else (value,)))
            members[name] = member
            setattr(cls, name, member)
        cls.__new__ = Enum.__new__
        cls.__init__ = Enum.__init__

    @classmethod
    def _auto(cls, name, last, count):
        return last + 1

    def __class_getitem__(cls, name):
        return cls._member_map_[name]

    def __new__(cls, value):
        for m in cls._member_map_.values():
            if m._value_ == value:
                return m
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def __init__(self, *args):
        pass

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        if isinstance(other, Enum):
            return self is other
        for b in (int, str, float):
            if isinstance(self, b):
                return self._value_ == other
        return NotImplemented


class IntEnum(int, Enum):
    def __str__(self):
        return str(self._value_)

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, Enum):
    @classmethod
    def _auto(cls, name, last, count):
        return name.lower()

    def __str__(self):
        return self._value_

    def __hash__(self):
        return hash(self._value_)


class Flag(Enum):
    @classmethod
    def _auto(cls, name, last, count):
        return 1 << count


class IntFlag(IntEnum):
    pass


def unique(cls):
    return cls
