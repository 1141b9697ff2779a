"""Functions that choose their body by the class of the first argument."""


def _annotated(func):
    """The class that the first parameter's annotation names."""
    hints = {k: v for k, v in getattr(func, "__annotations__", {}).items() if k != "return"}
    if not hints:
        raise TypeError(f"Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` or plain `@register` on an annotated function.")
    return next(iter(hints.values()))


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for c in cls.__mro__[:-1]:
            if c in registry:
                return registry[c]
        best = None  # abstract classes: the most derived of those that fit
        for c in registry:
            if c is not object and issubclass(cls, c) and (best is None or issubclass(c, best)):
                best = c
        return registry[best or object]

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            func = cls
            cls = _annotated(func)
        for c in cls if isinstance(cls, tuple) else (cls,):  # X | Y is a tuple here
            if not isinstance(c, type):
                raise TypeError(f"Invalid annotation for {next(iter(func.__annotations__))!r}. {c!r} is not a class.")
            registry[c] = func
        return func

    def wrapper(*args, **kwds):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **kwds)

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(wrapper, name, getattr(func, name))
    wrapper.__wrapped__, wrapper.dispatch, wrapper.register, wrapper.registry = func, dispatch, register, registry
    wrapper._clear_cache = lambda: None
    return wrapper


def _bound(method, obj, cls):
    if isinstance(method, staticmethod):
        return method.__func__
    if isinstance(method, classmethod):
        return method.__func__.__get__(cls, type(cls))
    return method.__get__(obj, cls)


class singledispatchmethod:
    def __init__(self, func):
        if not callable(getattr(func, "__func__", func)):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher, self.func = singledispatch(getattr(func, "__func__", func)), func
        self.dispatcher.registry[object] = func

    def register(self, cls, method=None):
        if method is None and not isinstance(cls, type):
            method = cls
            cls = _annotated(getattr(method, "__func__", method))
        if method is None:
            return lambda m: self.register(cls, m)
        self.dispatcher.registry[cls] = method
        return method

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            if not args:
                raise TypeError(f"{getattr(self.func, '__name__', 'singledispatchmethod method')} requires at least 1 positional argument")
            return _bound(self.dispatcher.dispatch(args[0].__class__), obj, cls)(*args, **kwargs)
        method.register = self.register
        return method
