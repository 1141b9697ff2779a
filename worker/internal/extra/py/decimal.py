"""Decimal numbers with the default context: 28 digits, half to even."""
import re

ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR"
ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP = "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"


class DecimalException(ArithmeticError):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Overflow(Inexact):
    pass


class Context:
    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, **kw):
        self.prec, self.rounding = prec, rounding

    def copy(self):
        return Context(self.prec, self.rounding)


_context = Context()


def getcontext():
    return _context


def setcontext(c):
    _context.prec, _context.rounding = c.prec, c.rounding


class localcontext:
    def __init__(self, ctx=None, **kw):
        self._kw, self._ctx = kw, ctx

    def __enter__(self):
        self._old = _context.copy()
        if self._ctx:
            setcontext(self._ctx)
        for k, v in self._kw.items():
            setattr(_context, k, v)
        return _context

    def __exit__(self, *exc):
        setcontext(self._old)


_form = re.compile(r"([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?")


def _rounded(n, d, rounding):
    """n / d >= 0 as an int."""
    q, r = divmod(n, d)
    if r == 0:
        return q
    up = {ROUND_UP: True, ROUND_DOWN: False, ROUND_HALF_UP: 2 * r >= d, ROUND_HALF_DOWN: 2 * r > d, ROUND_HALF_EVEN: 2 * r > d or (2 * r == d and q % 2 == 1), ROUND_05UP: q % 10 in (0, 5)}[rounding]
    return q + up


def _signed_rounding(rounding, sign):
    if rounding == ROUND_CEILING:
        return ROUND_DOWN if sign else ROUND_UP
    if rounding == ROUND_FLOOR:
        return ROUND_UP if sign else ROUND_DOWN
    return rounding


class Decimal:
    __slots__ = ("_sign", "_n", "_exp", "_special")

    def __new__(cls, value="0", context=None):
        self = object.__new__(cls)
        self._special, self._sign, self._n, self._exp = "", 0, 0, 0
        if isinstance(value, Decimal):
            self._sign, self._n, self._exp, self._special = value._sign, value._n, value._exp, value._special
        elif isinstance(value, int):
            self._sign, self._n = int(value < 0), abs(int(value))
        elif isinstance(value, float):
            if value != value or value in (float("inf"), float("-inf")):
                return cls(repr(value))
            n, d = value.as_integer_ratio()
            k = d.bit_length() - 1
            self._sign, self._n, self._exp = int(str(value)[0] == "-"), abs(n) * 5**k, -k
        elif isinstance(value, tuple):
            sign, digits, exp = value
            self._sign, self._n, self._exp = sign, int("".join(map(str, digits)) or "0"), exp
        elif isinstance(value, str):
            self._parse(value.strip().replace("_", ""))
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        return self

    def _parse(self, s):
        m = _form.fullmatch(s)
        if m:
            sign, whole, frac, only, exp = m.groups()
            frac = only or frac or ""
            self._sign, self._n, self._exp = int(sign == "-"), int((whole or "") + frac), int(exp or 0) - len(frac)
            return
        body = s.lstrip("+-").lower()
        if body not in ("inf", "infinity", "nan", "snan") or len(s) - len(body) > 1:
            raise InvalidOperation([ConversionSyntax])
        self._sign, self._special = int(s[0] == "-"), "Infinity" if body[0] == "i" else "NaN"

    @classmethod
    def from_float(cls, f):
        return cls(f)

    @staticmethod
    def _make(sign, n, exp, special=""):
        d = Decimal(0)
        d._sign, d._n, d._exp, d._special = sign, n, exp, special
        return d

    def _fix(self):
        extra = len(str(self._n)) - _context.prec
        if self._special or extra <= 0:
            return self
        n = _rounded(self._n, 10**extra, _signed_rounding(_context.rounding, self._sign))
        return Decimal._make(self._sign, n, self._exp + extra)._fix()

    @property
    def _value(self):
        return -self._n if self._sign else self._n

    def _both(self, o):
        if isinstance(o, int):
            o = Decimal(o)
        return o if isinstance(o, Decimal) else None

    def _aligned(self, o):
        e = min(self._exp, o._exp)
        return self._value * 10 ** (self._exp - e), o._value * 10 ** (o._exp - e), e

    def _odd(self, o, op):
        """The result where one side is not finite."""
        a, b = float(self), float(o)
        try:
            r = op(a, b)
        except ZeroDivisionError:
            raise DivisionByZero([DivisionByZero]) from None
        return Decimal(repr(r))

    def __add__(self, o):
        o = self._both(o)
        if o is None:
            return NotImplemented
        if self._special or o._special:
            return self._odd(o, lambda a, b: a + b)
        a, b, e = self._aligned(o)
        sign = int(a + b < 0 or (a + b == 0 and self._sign and o._sign))
        return Decimal._make(sign, abs(a + b), e)._fix()

    __radd__ = __add__

    def __sub__(self, o):
        o = self._both(o)
        return NotImplemented if o is None else self + o.copy_negate()

    def __rsub__(self, o):
        o = self._both(o)
        return NotImplemented if o is None else o - self

    def __mul__(self, o):
        o = self._both(o)
        if o is None:
            return NotImplemented
        if self._special or o._special:
            return self._odd(o, lambda a, b: a * b)
        return Decimal._make(self._sign ^ o._sign, self._n * o._n, self._exp + o._exp)._fix()

    __rmul__ = __mul__

    def __truediv__(self, o):
        o = self._both(o)
        if o is None:
            return NotImplemented
        if self._special or o._special:
            return self._odd(o, lambda a, b: a / b)
        if not o._n:
            if not self._n:
                raise InvalidOperation([type("DivisionUndefined", (InvalidOperation,), {"__module__": "decimal"})])
            raise DivisionByZero([DivisionByZero])
        sign, shift = self._sign ^ o._sign, max(0, len(str(o._n)) - len(str(self._n)) + _context.prec + 1)
        q, r = divmod(self._n * 10**shift, o._n)
        exp, ideal = self._exp - o._exp - shift, self._exp - o._exp
        if r:
            q += q % 5 == 0
        else:
            while exp < ideal and q % 10 == 0:
                q, exp = q // 10, exp + 1
        return Decimal._make(sign, q, exp)._fix()

    def __rtruediv__(self, o):
        o = self._both(o)
        return NotImplemented if o is None else o / self

    def __floordiv__(self, o):
        return self.__divmod__(o)[0]

    def __mod__(self, o):
        return self.__divmod__(o)[1]

    def __rfloordiv__(self, o):
        return Decimal(o) // self

    def __rmod__(self, o):
        return Decimal(o) % self

    def __divmod__(self, o):
        o = self._both(o)
        if not o._n:
            raise DivisionByZero([DivisionByZero])
        a, b, e = self._aligned(o)
        q = abs(a) // abs(b)
        return Decimal._make(self._sign ^ o._sign, q, 0), Decimal._make(self._sign, abs(a) - q * abs(b), e)

    def __pow__(self, k, mod=None):
        k = self._both(k)
        if k._exp >= 0 and not k._special:
            e = k._value * 10**k._exp
            if e >= 0:
                return Decimal._make(self._sign if e % 2 else 0, self._n**e, self._exp * e)._fix()
            return Decimal(1) / self**-e
        return Decimal(repr(float(self) ** float(k)))

    def sqrt(self, context=None):
        if self._sign and self._n:
            raise InvalidOperation([InvalidOperation])
        import math
        ideal, shift = self._exp // 2, _context.prec * 2 + (self._exp % 2)
        n = self._n * 10**shift
        r = math.isqrt(n)
        exp = (self._exp - shift) // 2
        if r * r == n:
            while exp < ideal and r % 10 == 0 and r:
                r, exp = r // 10, exp + 1
        else:
            r = r * 10 + 1
            exp -= 1
        return Decimal._make(0, r, exp)._fix()

    def __neg__(self):
        return (self.copy_negate() if self._n or self._special else self.copy_abs())._fix()

    def __pos__(self):
        return self._fix()

    def __abs__(self):
        return self.copy_abs()._fix()

    def copy_negate(self):
        return Decimal._make(1 - self._sign, self._n, self._exp, self._special)

    def copy_abs(self):
        return Decimal._make(0, self._n, self._exp, self._special)

    def _cmp(self, o):
        if isinstance(o, float):
            o = Decimal(o)
        o = self._both(o)
        if o is None:
            return None
        if self._special == "NaN" or o._special == "NaN":
            return "nan"
        if self._special or o._special:
            a, b = float(self), float(o)
        else:
            a, b, _ = self._aligned(o)
        return (a > b) - (a < b)

    def __eq__(self, o):
        c = self._cmp(o)
        return NotImplemented if c is None else c == 0

    def __lt__(self, o):
        c = self._cmp(o)
        return NotImplemented if c is None else c == -1

    def __le__(self, o):
        c = self._cmp(o)
        return NotImplemented if c is None else c in (-1, 0)

    def __gt__(self, o):
        c = self._cmp(o)
        return NotImplemented if c is None else c == 1

    def __ge__(self, o):
        c = self._cmp(o)
        return NotImplemented if c is None else c in (1, 0)

    def compare(self, o):
        return Decimal(self._cmp(o))

    def max(self, o):
        return self if self >= o else Decimal(o)

    def min(self, o):
        return self if self <= o else Decimal(o)

    def __hash__(self):
        if self._special:
            return hash(float(self))
        if self._exp >= 0:
            return hash(self._value * 10**self._exp)
        f = float(self)
        return hash(f) if Decimal(f) == self else hash(str(self.normalize()))

    def __bool__(self):
        return bool(self._n or self._special)

    def __float__(self):
        return float(str(self))

    def __int__(self):
        if self._special:
            raise (ValueError("cannot convert NaN to integer") if self._special == "NaN" else OverflowError("cannot convert Infinity to integer"))
        n = self._n * 10**self._exp if self._exp >= 0 else self._n // 10**-self._exp
        return -n if self._sign else n

    __trunc__ = __int__

    def __round__(self, n=None):
        if n is None:
            return int(self.quantize(Decimal(1), ROUND_HALF_EVEN))
        return self.quantize(Decimal._make(0, 1, -n), ROUND_HALF_EVEN)

    def __floor__(self):
        return int(self.quantize(Decimal(1), ROUND_FLOOR))

    def __ceil__(self):
        return int(self.quantize(Decimal(1), ROUND_CEILING))

    def quantize(self, exp, rounding=None, context=None):
        exp = Decimal(exp)
        shift = self._exp - exp._exp
        if shift >= 0:
            n = self._n * 10**shift
        else:
            n = _rounded(self._n, 10**-shift, _signed_rounding(rounding or _context.rounding, self._sign))
        if len(str(n)) > _context.prec:
            raise InvalidOperation([InvalidOperation])
        return Decimal._make(self._sign, n, exp._exp)

    def to_integral_value(self, rounding=None, context=None):
        return self if self._exp >= 0 else self.quantize(Decimal(1), rounding)

    to_integral = to_integral_exact = to_integral_value

    def normalize(self, context=None):
        d = self._fix()
        if not d._n:
            return Decimal._make(d._sign, 0, 0)
        n, e = d._n, d._exp
        while n % 10 == 0:
            n, e = n // 10, e + 1
        return Decimal._make(d._sign, n, e)

    def adjusted(self):
        return self._exp + len(str(self._n)) - 1

    def as_tuple(self):
        from collections import namedtuple
        return namedtuple("DecimalTuple", "sign digits exponent")(self._sign, tuple(int(c) for c in str(self._n)), self._exp)

    def as_integer_ratio(self):
        from fractions import Fraction
        f = Fraction(self._value * 10**max(self._exp, 0), 10**max(-self._exp, 0))
        return f.numerator, f.denominator

    def is_nan(self):
        return self._special == "NaN"

    def is_infinite(self):
        return self._special == "Infinity"

    def is_finite(self):
        return not self._special

    def is_zero(self):
        return not self._n and not self._special

    def is_signed(self):
        return bool(self._sign)

    def __str__(self):
        sign = "-" if self._sign else ""
        if self._special:
            return sign + self._special
        digits = str(self._n)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            if self._exp == 0:
                return sign + digits
            return sign + (digits[:left] or "0") + "." + digits[left:] if left > 0 else sign + "0." + "0" * -left + digits
        return sign + digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + f"E{left - 1:+d}"

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, spec):
        m = re.fullmatch(r"(.?[<>=^])?([+ -])?(0)?(\d+)?(,)?(?:\.(\d+))?([eEfFgG%])?", spec)
        if not m:
            raise ValueError("invalid format string")
        align, plus, zero, width, comma, precision, kind = m.groups()
        d = self
        if kind == "%":
            d = d * 100
        if kind in ("f", "F", "%"):
            if precision is not None:
                d = Decimal._make(d._sign, 1, -int(precision)) and d.quantize(Decimal._make(0, 1, -int(precision)))
            text = d._plain()
        elif kind in ("e", "E"):
            text = format(float(d), f".{precision or max(len(str(d._n)) - 1, 0)}{kind}")
        elif precision is not None:
            old, _context.prec = _context.prec, int(precision)
            text = str(d._fix())
            _context.prec = old
        else:
            text = str(d)
        if comma:
            whole, dot, frac = text.partition(".")
            text = format(int(whole), ",") + dot + frac
        text += "%" if kind == "%" else ""
        if plus in ("+", " ") and not d._sign:
            text = plus + text
        if width:
            fill = align[0] if align and len(align) == 2 else "0" if zero else " "
            side = align[-1] if align else "=" if zero else ">"
            if side == "=" and text[0] in "+- ":
                return text[0] + text[1:].rjust(int(width) - 1, fill)
            text = {"<": text.ljust, ">": text.rjust, "=": text.rjust, "^": text.center}[side](int(width), fill)
        return text

    def _plain(self):
        if self._special or self._exp > 0:
            return str(int(self)) if not self._special else str(self)
        digits = str(self._n).rjust(1 - self._exp, "0")
        cut = len(digits) + self._exp
        return ("-" if self._sign else "") + digits[:cut] + ("." + digits[cut:] if self._exp else "")
