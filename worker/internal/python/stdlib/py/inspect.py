def isfunction(x): return type(x).__name__ == "function"
def isclass(x): return isinstance(x, type)


def _flag(obj, bit):
    return bool(getattr(getattr(getattr(obj, "__func__", obj), "__code__", None), "co_flags", 0) & bit)


def isgeneratorfunction(obj):
    return _flag(obj, 0x20)


def iscoroutinefunction(obj):
    return _flag(obj, 0x80)


def isasyncgenfunction(obj):
    return _flag(obj, 0x200)


def isgenerator(obj):
    return type(obj).__name__ == "generator"


def iscoroutine(obj):
    return type(obj).__name__ == "coroutine"


def isasyncgen(obj):
    return type(obj).__name__ == "async_generator"


def isawaitable(obj):
    return hasattr(obj, "__await__")
