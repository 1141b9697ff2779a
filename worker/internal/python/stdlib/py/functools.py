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

        wrapper.cache_clear = cache_clear
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
    if "__lt__" in cls.__dict__:
        cls.__gt__ = lambda a, b: not (a < b or a == b)
        cls.__le__ = lambda a, b: a < b or a == b
        cls.__ge__ = lambda a, b: not a < b
    return cls


def cmp_to_key(cmp):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return cmp(self.obj, other.obj) < 0
    return K
