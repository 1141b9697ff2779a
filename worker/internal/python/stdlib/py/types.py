class SimpleNamespace:
    def __init__(self, **kw):
        self.__dict__.update(kw)

    def __repr__(self):
        return "namespace(" + ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items()) + ")"

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__


FunctionType = type(lambda: 0)
BuiltinFunctionType = type(len)
NoneType = type(None)
GeneratorType = type((x for x in ()))


def MappingProxyType(d):
    return d


class _M:
    def f(self): pass


def MethodType(fn, obj):
    return lambda *a, **k: fn(obj, *a, **k)


TracebackType = ModuleType = object
