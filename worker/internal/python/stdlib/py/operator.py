def itemgetter(*keys):
    if len(keys) == 1:
        return lambda x: x[keys[0]]
    return lambda x: tuple(x[k] for k in keys)


def attrgetter(name):
    def get(x):
        for n in name.split("."):
            x = getattr(x, n)
        return x
    return get


def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def eq(a, b): return a == b
def lt(a, b): return a < b
def gt(a, b): return a > b
def contains(a, b): return b in a
