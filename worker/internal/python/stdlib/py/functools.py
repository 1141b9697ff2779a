from _functools_dispatch import singledispatch, singledispatchmethod
from collections import namedtuple as _namedtuple

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)
_CacheInfo = _namedtuple("CacheInfo", "hits misses maxsize currsize")


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args, keywords, func = func.args + args, {**func.keywords, **keywords}, func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"functools.partial({', '.join(parts)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, obj, cls=None):
        func = self.func.__get__(obj, cls) if hasattr(self.func, "__get__") else self.func
        if obj is not None or isinstance(self.func, (staticmethod, classmethod)):
            return partial(func, *self.args, **self.keywords)
        return lambda this, /, *args, **keywords: func(this, *self.args, *args, **{**self.keywords, **keywords})


_none = object()


def reduce(function, sequence, initial=_none, /):
    it = iter(sequence)
    value = initial
    if value is _none:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for element in it:
        value = function(value, element)
    return value


def _key(args, kwds, typed):
    key = args, tuple(kwds.items())
    return (key, tuple(map(type, args)), tuple(map(type, kwds.values()))) if typed else key


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return lru_cache()(maxsize)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorate(fn):
        memo, hits, misses = {}, 0, 0

        def wrapper(*args, **kwds):
            nonlocal hits, misses
            key = _key(args, kwds, typed)
            if key in memo:
                hits += 1
                value = memo.pop(key)
                memo[key] = value
                return value
            misses += 1
            value = fn(*args, **kwds)
            memo[key] = value
            if maxsize is not None and len(memo) > maxsize:
                del memo[next(iter(memo))]
            return value

        def cache_clear():
            nonlocal hits, misses
            memo.clear()
            hits = misses = 0

        wrapper.cache_clear = cache_clear
        wrapper.cache_info = lambda: _CacheInfo(hits, misses, maxsize, len(memo))
        wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        return update_wrapper(wrapper, fn)
    return decorate


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    def __init__(self, func):
        self.func, self.attrname, self.__doc__ = func, None, func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        values = instance.__dict__
        if self.attrname not in values:
            values[self.attrname] = self.func(instance)
        return values[self.attrname]

    def __class_getitem__(cls, item):
        return cls


def _not(answer):
    return answer if answer is NotImplemented else not answer


def _or_equal(answer, a, b):
    return answer if answer is NotImplemented else answer or a == b


def _and_differs(answer, a, b):
    return answer if answer is NotImplemented else not answer and a != b


def _but_differs(answer, a, b):
    return answer if answer is NotImplemented else answer and a != b


def _or_not(answer, a, b):
    return answer if answer is NotImplemented else not answer or a == b


def total_ordering(cls):
    """Adds the other comparisons, by asking the one that the class has and ==."""
    own = {n for n in ("__lt__", "__le__", "__gt__", "__ge__") if getattr(cls, n) is not getattr(object, n)}
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    if "__lt__" in own:
        lt = cls.__lt__
        made = {"__gt__": lambda a, b: _and_differs(lt(a, b), a, b), "__le__": lambda a, b: _or_equal(lt(a, b), a, b), "__ge__": lambda a, b: _not(lt(a, b))}
    elif "__le__" in own:
        le = cls.__le__
        made = {"__ge__": lambda a, b: _or_not(le(a, b), a, b), "__lt__": lambda a, b: _but_differs(le(a, b), a, b), "__gt__": lambda a, b: _not(le(a, b))}
    elif "__gt__" in own:
        gt = cls.__gt__
        made = {"__lt__": lambda a, b: _and_differs(gt(a, b), a, b), "__ge__": lambda a, b: _or_equal(gt(a, b), a, b), "__le__": lambda a, b: _not(gt(a, b))}
    else:
        ge = cls.__ge__
        made = {"__le__": lambda a, b: _or_not(ge(a, b), a, b), "__gt__": lambda a, b: _but_differs(ge(a, b), a, b), "__lt__": lambda a, b: _not(ge(a, b))}
    for name, method in made.items():
        if name not in own:
            setattr(cls, name, method)
    return cls


def cmp_to_key(mycmp):
    class K:
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0
    return K
