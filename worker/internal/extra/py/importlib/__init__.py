import sys


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        dots = len(name) - len(name.lstrip("."))
        base = package.split(".")
        if dots > 1:
            base = base[:1 - dots]
        name = ".".join(base + [name[dots:]] * bool(name[dots:]))
    __import__(name)
    return sys.modules[name]


def reload(module):
    name = module.__name__
    del sys.modules[name]
    return import_module(name)


def invalidate_caches():
    pass
