def f(x):
    return g(x) + 1

def g(x):
    return x["a"]["b"]

class C:
    def m(self):
        return [f(i) for i in [{"a": 3}]]

try:
    try:
        f({})
    except KeyError as e:
        raise RuntimeError("bad") from e
except RuntimeError:
    pass
try:
    1 / 0
except ZeroDivisionError:
    C().m()
