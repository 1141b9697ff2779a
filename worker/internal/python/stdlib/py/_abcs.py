"""The abstract classes of collections.abc."""
from abc import ABCMeta, abstractmethod

from _collections_go import deque

_unhashable = (list, dict, set, bytearray, deque, type({}.keys()), type({}.items()))


def _has(cls, *names):
    for name in names:
        for c in cls.__mro__:
            if name in c.__dict__:
                if c.__dict__[name] is None:
                    return False
                break
        else:
            return False
    return True


def _asked(*names):
    """A class that every class with these methods counts as."""
    def hook(cls, other):
        return True if cls.__dict__.get("_one_trick") and _has(other, *names) else NotImplemented
    return classmethod(hook)


class _Subscripted:
    __slots__ = ()

    def __class_getitem__(cls, item):
        return cls


class Hashable(metaclass=ABCMeta):
    _one_trick = True

    @abstractmethod
    def __hash__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, other):
        if cls is not Hashable:
            return NotImplemented
        return other not in _unhashable and _has(other, "__hash__")


class Sized(metaclass=ABCMeta):
    _one_trick = True
    __subclasshook__ = _asked("__len__")

    @abstractmethod
    def __len__(self):
        return 0


class Container(_Subscripted, metaclass=ABCMeta):
    _one_trick = True
    __subclasshook__ = _asked("__contains__")

    @abstractmethod
    def __contains__(self, x):
        return False


class Iterable(_Subscripted, metaclass=ABCMeta):
    _one_trick = True
    __subclasshook__ = _asked("__iter__")

    @abstractmethod
    def __iter__(self):
        return iter(())


class Iterator(Iterable):
    _one_trick = True
    __subclasshook__ = _asked("__iter__", "__next__")

    @abstractmethod
    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Reversible(Iterable):
    _one_trick = True
    __subclasshook__ = _asked("__reversed__", "__iter__")

    @abstractmethod
    def __reversed__(self):
        return iter(())


for _c in (dict, type({}.keys()), type({}.values()), type({}.items())):
    Reversible.register(_c)


class Generator(Iterator):
    _one_trick = True
    __subclasshook__ = _asked("__iter__", "__next__", "send", "throw", "close")

    def __next__(self):
        return self.send(None)

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise typ if val is None else val

    def close(self):
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError("generator ignored GeneratorExit")


class Callable(_Subscripted, metaclass=ABCMeta):
    _one_trick = True
    __subclasshook__ = _asked("__call__")

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False


class Collection(Sized, Iterable, Container):
    _one_trick = True
    __subclasshook__ = _asked("__len__", "__iter__", "__contains__")


class Awaitable(_Subscripted, metaclass=ABCMeta):
    _one_trick = True
    __subclasshook__ = _asked("__await__")

    @abstractmethod
    def __await__(self):
        yield


class Coroutine(Awaitable):
    _one_trick = True
    __subclasshook__ = _asked("__await__", "send", "throw", "close")

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise typ if val is None else val

    close = Generator.close


class AsyncIterable(_Subscripted, metaclass=ABCMeta):
    _one_trick = True
    __subclasshook__ = _asked("__aiter__")

    @abstractmethod
    def __aiter__(self):
        return self


class AsyncIterator(AsyncIterable):
    _one_trick = True
    __subclasshook__ = _asked("__anext__", "__aiter__")

    @abstractmethod
    async def __anext__(self):
        raise StopAsyncIteration

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    _one_trick = True
    __subclasshook__ = _asked("__aiter__", "__anext__", "asend", "athrow", "aclose")

    async def __anext__(self):
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        raise typ if val is None else val

    async def aclose(self):
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")
