import sys as _sys

from _enum_core import Enum, EnumMeta, EnumType, IntEnum, ReprEnum, StrEnum, auto, member, nonmember, property
from _enum_flags import CONFORM, EJECT, KEEP, STRICT, Flag, FlagBoundary, IntFlag, _bits


def unique(enumeration):
    doubles = [f"{alias} -> {m.name}" for alias, m in enumeration.__members__.items() if alias != m.name]
    if doubles:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(doubles)}")
    return enumeration


class EnumCheck(StrEnum):
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A decorator that checks an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                self._unique(enumeration)
            elif check is CONTINUOUS:
                self._continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._named(enumeration)
        return enumeration

    def _unique(self, enumeration):
        doubles = [f"{alias} -> {m.name}" for alias, m in enumeration.__members__.items() if alias != m.name]
        if doubles:
            raise ValueError(f"aliases found in {enumeration!r}: {', '.join(doubles)}")

    def _continuous(self, enumeration):
        values = {m.value for m in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        wanted = {1 << i for i in range(low.bit_length() - 1, high.bit_length())} if issubclass(enumeration, Flag) else set(range(low, high + 1))
        missing = sorted(wanted - values)
        if missing:
            raise ValueError(f"invalid {'flag' if issubclass(enumeration, Flag) else 'enum'} {enumeration.__name__!r}: missing values {', '.join(map(str, missing))}"[:256])

    def _named(self, enumeration):
        single = {m.value for m in enumeration}
        for name, m in enumeration.__members__.items():
            lacking = [b for b in _bits(m.value) if b not in single]
            if lacking and m.name == name:
                raise ValueError(f"invalid Flag {enumeration.__name__!r}: alias {name} is missing "
                                 f"{'value' if len(lacking) == 1 else 'combined values of'} {hex(sum(lacking))} [use enum.show_flag_values(value) for details]")


def show_flag_values(value):
    return list(_bits(int(value)))


def global_enum_repr(self):
    return f"{self.__class__.__module__.rpartition('.')[2]}.{self._name_}"


def global_flag_repr(self):
    module, name = self.__class__.__module__.rpartition(".")[2], self._name_
    return f"{module}.{self.__class__.__name__}({self._value_!r})" if name is None else "|".join(n if n[0].isdigit() else f"{module}.{n}" for n in name.split("|"))


def global_str(self):
    return self.__class__.__name__ + "(" + repr(self._value_) + ")" if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Puts the members into the module of the class, and shows them with its name."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if update_str or not issubclass(cls, ReprEnum):
        cls.__str__ = global_str
    module = _sys.modules.get(cls.__module__)
    for name, m in cls.__members__.items():
        setattr(module, name, m)
    return cls


def pickle_by_global_name(self, proto):
    return self.name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)
