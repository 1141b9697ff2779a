class ABCMeta(type):
    """Classes of which some are only asked: isinstance looks at __subclasshook__ and at what was registered, too."""

    def __new__(mcs, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcs, name, bases, namespace, **kwargs)
        cls.__subclasshook_go__ = _counts_as
        cls._abc_registered = []
        return update_abstractmethods(cls)

    def __call__(cls, /, *args, **kwargs):
        names = sorted(cls.__abstractmethods__)
        if names:
            s = "s" if len(names) > 1 else ""
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method{s} {', '.join(names)}")
        return super().__call__(*args, **kwargs)

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        cls._abc_registered.append(subclass)
        return subclass


def _counts_as(cls, other):
    """What the interpreter asks when other does not inherit from cls."""
    hook = getattr(cls, "__subclasshook__", None)
    answer = hook(other) if hook else NotImplemented
    if answer is not NotImplemented:
        return bool(answer)
    registered = cls.__dict__.get("_abc_registered", ())
    return any(issubclass(other, c) for c in registered) or any(issubclass(other, c) for c in cls.__subclasses__())


def _is_abstract(value):
    if isinstance(value, property):
        return any(_is_abstract(f) for f in (value.fget, value.fset, value.fdel))
    return bool(getattr(value, "__isabstractmethod__", False) or getattr(getattr(value, "__func__", None), "__isabstractmethod__", False))


def update_abstractmethods(cls):
    inherited = {n for b in cls.__mro__[1:] for n in b.__dict__.get("__abstractmethods__", ())}
    names = {n for n, v in cls.__dict__.items() if _is_abstract(v)}
    for name in inherited:
        owner = next((c for c in cls.__mro__ if name in c.__dict__), None)
        if owner is not None and _is_abstract(owner.__dict__[name]):
            names.add(name)
    cls.__abstractmethods__ = frozenset(names)
    return cls


class ABC(metaclass=ABCMeta):
    pass


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


def abstractproperty(fget=None, fset=None, fdel=None, doc=None):
    return property(abstractmethod(fget), fset, fdel, doc)


def abstractclassmethod(callable):
    return classmethod(abstractmethod(callable))


def abstractstaticmethod(callable):
    return staticmethod(abstractmethod(callable))


def get_cache_token():
    return 0
