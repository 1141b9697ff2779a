import sys


class _Spec:
    def __init__(self, name):
        self.name = name


def find_spec(name, package=None):
    if name in sys.modules:
        return _Spec(name)
    try:
        __import__(name)
    except ImportError:
        return None
    return _Spec(name)
