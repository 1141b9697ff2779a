def update_wrapper(wrapper, wrapped, *args, **kw):
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    wrapper.__dict__.update(getattr(wrapped, "__dict__", {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, *args, **kw):
    return lambda wrapper: update_wrapper(wrapper, wrapped)


class partial:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __call__(self, /, *args, **kw):
        return self.func(*self.args, *args, **{**self.keywords, **kw})


def reduce(function, sequence, *initial):
    it = iter(sequence)
    if initial:
        value = initial[0]
    else:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for element in it:
        value = function(value, element)
    return value


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return lru_cache()(maxsize)

    def decorate(fn):
        memo = {}
        counts = [0, 0]

        def wrapper(*args, **kw):
            key = (args, tuple(kw.items()))
            if key in memo:
                counts[0] += 1
                value = memo.pop(key)
                memo[key] = value
                return value
            counts[1] += 1
            value = fn(*args, **kw)
            memo[key] = value
            if maxsize is not None and len(memo) > maxsize:
                del memo[next(iter(memo))]
            return value

        def cache_clear():
            memo.clear()
            counts[:] = [0, 0]

        def cache_info():
            from collections import namedtuple
            return namedtuple("CacheInfo", "hits misses maxsize currsize")(*counts, maxsize, len(memo))

        wrapper.cache_clear, wrapper.cache_info = cache_clear, cache_info
        wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        return update_wrapper(wrapper, fn)
    return decorate


def cache(fn):
    return lru_cache(None)(fn)


class cached_property:
    def __init__(self, func):
        self.func = func

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            instance.__dict__[self.name] = self.func(instance)
        return instance.__dict__[self.name]


def total_ordering(cls):
    own = {n for n in ("__lt__", "__le__", "__gt__", "__ge__") if getattr(cls, n) is not getattr(object, n)}
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    if "__lt__" in own:
        made = {"__gt__": lambda a, b: not (a < b or a == b), "__le__": lambda a, b: a < b or a == b, "__ge__": lambda a, b: not a < b}
    elif "__le__" in own:
        made = {"__ge__": lambda a, b: not a <= b or a == b, "__lt__": lambda a, b: a <= b and not a == b, "__gt__": lambda a, b: not a <= b}
    elif "__gt__" in own:
        made = {"__lt__": lambda a, b: not (a > b or a == b), "__ge__": lambda a, b: a > b or a == b, "__le__": lambda a, b: not a > b}
    else:
        made = {"__le__": lambda a, b: not a >= b or a == b, "__gt__": lambda a, b: a >= b and not a == b, "__lt__": lambda a, b: not a >= b}
    for name, method in made.items():
        if name not in own:
            setattr(cls, name, method)
    return cls


def cmp_to_key(cmp):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return cmp(self.obj, other.obj) < 0
    return K
