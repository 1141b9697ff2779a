import math
def show(f, *a):
    try: print(f.__name__, a, repr(f(*a)))
    except Exception as e: print(f.__name__, a, type(e).__name__, e)
for x in (0, 0.5, -0.5, 1, -1, 2.5, 1e300, -1e-310, 1e5, math.inf, -math.inf, math.nan):
    for f in (math.acosh, math.asinh, math.atanh, math.erfc, math.exp2, math.frexp, math.ulp): show(f, x)
    for y in (0, 0.3, -7, math.inf): show(math.remainder, x, y); show(math.nextafter, x, y)
show(math.exp2, 1025); show(math.nextafter, 0.0, -0.0); show(math.ulp, 1.7976931348623157e308)
for a in ((1.5, 3), (1, 1024), (1e-300, -100), (0.0, 10**30), (1.0, -10**30), (1, 1.5), (-1.5, 2000), (math.inf, 3)): show(math.ldexp, *a)
for a in ((), (4, 6), (0, 5), (-3, 7, 21), (10**30, 12), (2, 1.5)): show(math.lcm, *a)
for a in ((5,), (5, 2), (5, 7), (-1,), (-1, 2), (5, -1), (5, None), (10**12, 3), (2.5,), (0, 0)): show(math.perm, *a)
for a in (((1, 2), (4, 6)), ((), ()), ((1,), (2, 3)), ((0.1, 0.2, 0.3), (3, 2, 1)), ((1e200, 0), (0, 1e200)), ((math.inf, 1), (0, math.nan)), ((1, "a"), (1, 2))): show(math.dist, *a)
show(math.acosh, "x")
