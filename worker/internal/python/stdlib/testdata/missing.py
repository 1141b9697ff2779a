"""What asks __missing__ of a dict's subclass, and what does not."""
import operator
from collections import Counter, OrderedDict, defaultdict


def show(f, *a):
    try:
        print(repr(f(*a)))
    except Exception as e:
        print(type(e).__name__, repr(e.args))


class Sub(dict):
    def __missing__(self, key):
        return type(self).__name__, key


class Over(Sub):
    def __getitem__(self, key):
        return "over", super().__getitem__(key), dict.__getitem__(self, key)


class Counted(defaultdict):
    asked = 0

    def __getitem__(self, key):
        self.asked += 1
        return super().__getitem__(key)


class Static(dict):
    @staticmethod
    def __missing__(key):
        return "static", key


class Class(dict):
    @classmethod
    def __missing__(cls, key):
        return cls.__name__, key


class Raises(dict):
    def __missing__(self, key):
        raise LookupError("no " + key)


class Plain(dict):
    pass


class Odd(dict):
    __missing__ = None


class Ordered(OrderedDict):
    def __missing__(self, key):
        self[key] = made = len(self)
        return made


for d in (Sub(a=1), Over(a=1), Static(a=1), Class(a=1), Raises(a=1), Plain(a=1), Odd(a=1), Ordered(a=1), Counter("a"), defaultdict(list, a=1), defaultdict(None, a=1), {"a": 1}):
    print(type(d).__name__)
    for key in ("a", "b"):
        show(dict.__getitem__, d, key)
        show(d.__getitem__, key)
        show(operator.getitem, d, key)
        show(operator.itemgetter(key), d)
        show(lambda: list(map(d.__getitem__, [key])))
        show(lambda: d[key])
        show(d.get, key)
    show("{b} %s".format_map, d)
    show(lambda: "%(b)s" % d)
    show(dict.__getitem__, d, [])
    print(d)

c = Counted(list)
c["x"].append(1)
dict.__getitem__(c, "y").append(2)
c.__getitem__("x").append(3)
print(c, c.asked)
s = Sub()
s.__missing__ = lambda key: "of the object"
show(dict.__getitem__, s, "k")
show(dict.__getitem__, s)
show(dict.__getitem__, [], 1)
print(s, dict.__getitem__.__name__)
