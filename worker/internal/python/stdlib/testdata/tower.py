import numbers
from numbers import Number, Complex, Real, Rational, Integral
for v in (1, True, 2.5, "x", None, 10**30): print(repr(v), [isinstance(v, c) for c in (Number, Complex, Real, Rational, Integral)])
print(issubclass(int, Integral), issubclass(float, Rational), issubclass(bool, Number), issubclass(Integral, Real), [c.__name__ for c in Integral.__mro__])
class R(Real):
    def __init__(s, v): s.v = v
    def __float__(s): return float(s.v)
    def __pos__(s): return s
    def __neg__(s): return R(-s.v)
    def __add__(s, o): return R(s.v + getattr(o, "v", o))
    __radd__ = __add__
    def __eq__(s, o): return s.v == getattr(o, "v", o)
    def __floordiv__(s, o): return s.v // o
    def __mod__(s, o): return s.v % o
    def _no(s, *a): return NotImplemented
    __trunc__ = __floor__ = __ceil__ = __round__ = __rfloordiv__ = __rmod__ = __lt__ = __le__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __abs__ = _no
print(isinstance(R(1), Number), (R(5) - R(2)).v, R(3).real.v, R(3).imag, bool(R(0)), divmod(R(7), 2), R(2).conjugate().v)
