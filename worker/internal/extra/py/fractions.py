import math
import numbers
import re

_form = re.compile(r"\s*([+-]?)(\d+)(?:/(\d+)|(?:\.(\d*))?(?:[eE]([+-]?\d+))?)\s*")


class Fraction:
    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if isinstance(numerator, Fraction):
            n, d = numerator.numerator, numerator.denominator
        elif isinstance(numerator, float):
            n, d = numerator.as_integer_ratio()
        elif isinstance(numerator, str):
            n, d = _parse(numerator)
        else:
            n, d = numerator, 1
        if denominator is not None:
            o = denominator if isinstance(denominator, Fraction) else Fraction(denominator)
            n, d = n * o.denominator, d * o.numerator
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        g = math.gcd(n, d) * (1 if d > 0 else -1)
        self.numerator, self.denominator = n // g, d // g
        return self

    @classmethod
    def from_float(cls, f):
        return cls(f)

    def limit_denominator(self, max_denominator=1000000):
        if self.denominator <= max_denominator:
            return self
        p0, q0, p1, q1, n, d = 0, 1, 1, 0, self.numerator, self.denominator
        while True:
            a = n // d
            if q0 + a * q1 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q0 + a * q1
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        low, high = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return high if abs(high - self) <= abs(low - self) else low

    def _with(self, o, f, g):
        if isinstance(o, float):
            return g(float(self), o)
        if not isinstance(o, (int, Fraction)):
            return NotImplemented
        o = o if isinstance(o, Fraction) else Fraction(o)
        return f(self.numerator, self.denominator, o.numerator, o.denominator)

    def __add__(self, o):
        return self._with(o, lambda a, b, c, d: Fraction(a * d + c * b, b * d), lambda x, y: x + y)

    __radd__ = __add__

    def __sub__(self, o):
        return self._with(o, lambda a, b, c, d: Fraction(a * d - c * b, b * d), lambda x, y: x - y)

    def __rsub__(self, o):
        return -self + o

    def __mul__(self, o):
        return self._with(o, lambda a, b, c, d: Fraction(a * c, b * d), lambda x, y: x * y)

    __rmul__ = __mul__

    def __truediv__(self, o):
        return self._with(o, lambda a, b, c, d: Fraction(a * d, b * c), lambda x, y: x / y)

    def __rtruediv__(self, o):
        return Fraction(o) / self if isinstance(o, int) else o / float(self)

    def __floordiv__(self, o):
        return self._with(o, lambda a, b, c, d: (a * d) // (b * c), lambda x, y: x // y)

    def __mod__(self, o):
        return self._with(o, lambda a, b, c, d: Fraction((a * d) % (c * b), b * d), lambda x, y: x % y)

    def __pow__(self, k):
        if isinstance(k, int):
            return Fraction(self.numerator**k, self.denominator**k) if k >= 0 else Fraction(self.denominator**-k, self.numerator**-k)
        return float(self) ** float(k)

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __abs__(self):
        return Fraction(abs(self.numerator), self.denominator)

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        return int(self.numerator / abs(self.numerator)) * (abs(self.numerator) // self.denominator) if self.numerator else 0

    __trunc__ = __int__

    def __floor__(self):
        return self.numerator // self.denominator

    def __ceil__(self):
        return -(-self.numerator // self.denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            q, r = divmod(self.numerator, self.denominator)
            return q + (r * 2 > self.denominator or (r * 2 == self.denominator and q % 2))
        s = 10 ** abs(ndigits)
        return Fraction(round(self * s), s) if ndigits > 0 else Fraction(round(self / s) * s)

    def __eq__(self, o):
        r = self._with(o, lambda a, b, c, d: a == c and b == d, lambda x, y: x == y)
        return False if r is NotImplemented else r

    def __lt__(self, o):
        return self._with(o, lambda a, b, c, d: a * d < c * b, lambda x, y: x < y)

    def __le__(self, o):
        return self._with(o, lambda a, b, c, d: a * d <= c * b, lambda x, y: x <= y)

    def __gt__(self, o):
        return self._with(o, lambda a, b, c, d: a * d > c * b, lambda x, y: x > y)

    def __ge__(self, o):
        return self._with(o, lambda a, b, c, d: a * d >= c * b, lambda x, y: x >= y)

    def __bool__(self):
        return self.numerator != 0

    def __hash__(self):
        return hash(self.numerator) if self.denominator == 1 else hash((self.numerator, self.denominator))

    def __repr__(self):
        return f"Fraction({self.numerator}, {self.denominator})"

    def __str__(self):
        return str(self.numerator) if self.denominator == 1 else f"{self.numerator}/{self.denominator}"


def _parse(s):
    m = _form.fullmatch(s)
    if not m:
        raise ValueError(f"Invalid literal for Fraction: {s!r}")
    sign, whole, under, frac, exp = m.groups()
    n, d = int(whole), int(under or 1)
    if frac:
        n, d = n * 10 ** len(frac) + int(frac), 10 ** len(frac)
    if exp:
        n, d = (n * 10 ** int(exp), d) if int(exp) >= 0 else (n, d * 10 ** -int(exp))
    return -n if sign == "-" else n, d
