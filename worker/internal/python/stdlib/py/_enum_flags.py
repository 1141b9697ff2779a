"""Enumerations whose members are bits."""
from _enum_core import Enum, IntEnum, ReprEnum, StrEnum, _property


class FlagBoundary(StrEnum):
    """What becomes of bits that no member has."""
    STRICT = "strict"
    CONFORM = "conform"
    EJECT = "eject"
    KEEP = "keep"


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _bits(n):
    while n:
        low = n & -n
        yield low
        n ^= low


def _binary(n, width):
    """Like bin, with the sign in front: 0b0 0101."""
    text = format(n & ((1 << width) - 1) if n < 0 else n, f"0{width}b")
    return f"0b{'1' if n < 0 else '0'} {text}"


class Flag(Enum):
    _is_flag_, _boundary_, _flag_mask_ = True, STRICT, 0

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 1 << max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask = cls._flag_mask_
        every = (1 << mask.bit_length()) - 1
        if value & ~every if value >= 0 else ~value & ~every or cls._boundary_ is STRICT and ~value & ~mask:
            known = False
        else:
            known = not (value if value >= 0 else value & every) & ~mask
        if not known:
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(f"{cls!r} invalid value {value!r}\n    given {_binary(value, width)}\n  allowed {_binary(mask, width)}")
            if cls._boundary_ is EJECT:
                return value
            if cls._boundary_ is CONFORM:
                value &= mask
        if value < 0:
            value = value & every if cls._boundary_ is not KEEP else max(every + 1, 1 << value.bit_length()) + value
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
        return cls._pseudo(value)

    @classmethod
    def _pseudo(cls, value):
        """A combination of members; it is remembered, so that it stays one object."""
        new = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        defined = list(cls._member_map_)
        names = [cls._value2member_map_[b]._name_ for b in _bits(value & cls._flag_mask_) if b in cls._value2member_map_]
        names.sort(key=defined.index)
        unknown = value & ~cls._flag_mask_
        if unknown and names:
            names.append(cls._numeric_repr_(unknown))
        new._value_, new._name_ = value, "|".join(names) or None
        cls._value2member_map_[value] = new
        return new

    _numeric_repr_ = staticmethod(repr)

    def _other(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and {self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        known, defined = self.__class__._value2member_map_, list(self.__class__._member_map_)
        return iter(sorted((known[b] for b in _bits(self._value_ & self._flag_mask_)), key=lambda m: defined.index(m._name_)))

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ ^ value)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        if self._boundary_ is KEEP:
            return self.__class__(~self._value_)
        return self.__class__(self._flag_mask_ & ~self._value_)

    def __repr__(self):
        name = self.__class__.__name__
        return f"<{name}: {self._numeric_repr_(self._value_)}>" if self._name_ is None else f"<{name}.{self._name_}: {self._numeric_repr_(self._value_)}>"

    def __str__(self):
        name = self.__class__.__name__
        return f"{name}({self._value_!r})" if self._name_ is None else f"{name}.{self._name_}"

    def __hash__(self):
        return hash(self._value_)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return int.__format__(self._value_, spec)

    __repr__ = Flag.__repr__
    __contains__, __or__, __and__, __xor__, __invert__ = Flag.__contains__, Flag.__or__, Flag.__and__, Flag.__xor__, Flag.__invert__
    __ror__, __rand__, __rxor__, __len__, __iter__, __bool__ = Flag.__or__, Flag.__and__, Flag.__xor__, Flag.__len__, Flag.__iter__, Flag.__bool__
    __hash__ = int.__hash__


for _c in (FlagBoundary, Flag, IntFlag):
    setattr(_c, "__module__", "enum")
