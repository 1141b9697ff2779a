class ABCMeta(type):
    pass


class ABC(metaclass=ABCMeta):
    def __new__(cls, *args, **kw):
        names = []
        for k in cls.__mro__:
            for n, v in k.__dict__.items():
                f = v.fget if isinstance(v, property) else v
                if getattr(f, "__isabstractmethod__", False) and getattr(getattr(cls, n, None), "__isabstractmethod__", isinstance(v, property) and getattr(cls, n) is v):
                    if n not in names:
                        names.append(n)
        if names:
            names.sort()
            s = "s" if len(names) > 1 else ""
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method{s} {', '.join(names)}")
        return super().__new__(cls)


def abstractmethod(fn):
    fn.__isabstractmethod__ = True
    return fn


abstractproperty = property
