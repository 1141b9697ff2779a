"""Characters and their properties; the tables are Go's."""
import _absent
import _extra_unicode as _go
from _extra_unicode import bidirectional, category, combining, east_asian_width

__getattr__ = _absent.names("unicodedata", "decomposition mirrored ucd_3_2_0 UCD")
unidata_version = "14.0.0"
_ABSENT = object()


def normalize(form, unistr, /):
    for i, (value, kind) in enumerate(((form, "form"), (unistr, "unistr")), 1):
        if not isinstance(value, str):
            raise TypeError(f"normalize() argument {i} must be str, not {type(value).__name__}")
    return _go.normalize(form, unistr)


def is_normalized(form, unistr, /):
    return normalize(form, unistr) == unistr


def name(chr, default=_ABSENT, /):
    found = _go.name(chr)
    if found:
        return found
    if default is _ABSENT:
        raise ValueError("no such name")
    return default


def lookup(name, /):
    found = _go.lookup(name)
    if not found:
        raise KeyError(f"undefined character name '{name}'")
    return found


def decimal(chr, default=_ABSENT, /):
    return _number(_value(chr), default, "not a decimal")


def _value(chr):
    value = _go.decimal(chr) if len(chr) == 1 else -1
    return None if value < 0 else value


def digit(chr, default=_ABSENT, /):
    category(chr)
    return _number(_go.digit(chr) if chr.isdigit() else None, default, "not a digit")


def numeric(chr, default=_ABSENT, /):
    category(chr)
    if not chr.isnumeric():
        return _number(None, default, "not a numeric character")
    if chr.isdigit():
        return float(_go.digit(chr))
    worth = _go.worth(chr)
    if worth > -2:
        return worth
    top, _, bottom = _go.normalize("NFKD", chr).partition("\u2044")
    if top.isdecimal() and (bottom.isdecimal() or not bottom):
        number = lambda text: sum(10**i * _value(c) for i, c in enumerate(reversed(text)))
        return number(top) / number(bottom or "1")
    return float(_ROMAN[top.upper()])


_ROMAN = {t: n for n, t in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)} | {"L": 50, "C": 100, "D": 500, "M": 1000}


def _number(value, default, refusal):
    if value is not None:
        return value
    if default is _ABSENT:
        raise ValueError(refusal)
    return default
