"""References that are strong here: what they refer to lives as long as they do, so that none of them is ever found dead."""
from _collections_user import UserDict as _UserDict
from _abcs_of_data import MutableSet as _MutableSet


class ref:
    def __init__(self, object, callback=None):
        self._object, self.__callback__ = object, callback

    def __call__(self):
        return self._object

    def __eq__(self, other):
        return self._object == other._object if isinstance(other, ref) else NotImplemented

    def __hash__(self):
        return hash(self._object)

    def __class_getitem__(cls, item):
        return cls


ReferenceType = WeakMethod = ref


def proxy(object, callback=None):
    return object


class WeakValueDictionary(_UserDict):
    pass


class WeakKeyDictionary(_UserDict):
    pass


class WeakSet(_MutableSet):
    def __init__(self, data=None):
        self.data = set(data or ())

    def __contains__(self, item):
        return item in self.data

    def __iter__(self):
        return iter(list(self.data))

    def __len__(self):
        return len(self.data)

    def add(self, item):
        self.data.add(item)

    def discard(self, item):
        self.data.discard(item)


class finalize:
    """Calls a function when it is called itself; nothing is ever collected before."""

    def __init__(self, obj, func, /, *args, **kwargs):
        self._call, self.alive, self.atexit = (func, args, kwargs), True, False

    def __call__(self, _=None):
        if self.alive:
            self.alive = False
            func, args, kwargs = self._call
            return func(*args, **kwargs)

    def detach(self):
        self.alive = False
