# The tower of numbers; isinstance knows int, float and what is registered or derived.
from abc import ABCMeta


class Number(metaclass=ABCMeta):
    __slots__ = ()
    __hash__ = None


class Complex(Number):
    def __bool__(self):
        return self != 0

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


class Real(Complex):
    real = property(lambda self: +self)
    imag = property(lambda self: 0)

    def conjugate(self):
        return +self

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self


class Rational(Real):
    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    numerator = property(lambda self: +self)
    denominator = property(lambda self: 1)

    def __int__(self):
        return self.__index__()

    def __float__(self):
        return float(int(self))


Integral.register(int)
Real.register(float)
