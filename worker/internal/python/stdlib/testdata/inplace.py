import operator as o, logging
print(o.iand(6, 3), o.ifloordiv(7, 2), o.ilshift(1, 3), o.imod(7, 4), o.ior(1, 2), o.ipow(2, 5), o.irshift(8, 1), o.itruediv(1, 2), o.ixor(5, 1))
s = {1, 2}; print(o.ior(s, {3}) is s, s, o.iand(s, {3}) is s, s, callable(logging.fatal))
class M:
    def __matmul__(self, x): return "m", x
    def __imatmul__(self, x): return "im", x
print(o.matmul(M(), 1), o.imatmul(M(), 2))
