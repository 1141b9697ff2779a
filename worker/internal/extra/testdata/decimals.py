from decimal import Decimal, ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, DivisionByZero, InvalidOperation, getcontext, localcontext

D = Decimal
print(D("1.10") + D("2.2"), D("1.1") * D("1.1"), D(1) / D(3), D(2) / D(3), D("10.50") / D("2"), D("-7") // D(2), D("-7") % D(2), D("1e3"), D("1E+30"), D("0.0000001"), D("0.000001"))
print(D(0.1), D("0.1") == 0.1, D("0.5") == 0.5, D(3) == 3, D("1.50") == D("1.5"), hash(D("1.50")) == hash(D("1.5")), D("2") > 1, D("2") < 1.5, max(D(1), D(3), D(2)))
print(D("2.675").quantize(D("0.01")), D("2.675").quantize(D("0.01"), rounding=ROUND_HALF_UP), D("2.679").quantize(D(".01"), ROUND_DOWN), D("2.671").quantize(D(".01"), ROUND_UP), round(D("2.5")), round(D("2.675"), 2), round(D("-3.5")))
print(repr(D("1.0")), str(D("-0")), D("NaN"), D("-Infinity"), D("Infinity") > 5, D("NaN") == D("NaN"), D("1_000.5"), D(" 5 "), D((1, (1, 2, 3), -2)))
print(D("2") ** 10, D("2") ** -2, D("1.5") ** 3, D(2).sqrt(), D("16").sqrt(), D("0.25").sqrt(), abs(D("-1.5")), -D("1.5"), int(D("-1.9")), float(D("1.25")))
print(D("100").normalize(), D("1.500").normalize(), D("123.456").as_tuple(), D("123.456").adjusted(), D("0.5").as_integer_ratio(), D("1.5").to_integral_value(), D("2.5").to_integral_value(), D("0").is_zero(), D("-1").is_signed(), bool(D("0.0")))
print(f"{D('1234567.891'):,.2f}", f"{D('1.5'):.3f}", f"{D('0.256'):.1%}", f"{D('2'):8}|{D('2'):<8}|{D('2'):08.2f}", format(D("1e5"), "f"), "%s" % D("1.10"))
print(sum([D("0.1")] * 10), sum([D("0.1")] * 10) == 1, D(1) + 1, 1 - D("0.1"), 2 * D("1.5"), 1 / D(4), sorted([D("3"), D("1.0"), D("2")]))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, isinstance(e, ArithmeticError))


attempt(lambda: D("x"))
attempt(lambda: D(1) / 0)
attempt(lambda: D(None))
attempt(lambda: D(-1).sqrt())
attempt(lambda: int(D("NaN")))
with localcontext() as c:
    c.prec = 5
    print(D(1) / D(3), D("1.23456789") + 0)
print(D(1) / D(7), getcontext().prec)
