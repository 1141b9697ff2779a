from _abcs import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Collection, Container, Coroutine, Generator, Hashable, Iterable, Iterator, Reversible, Sized
from _abcs_of_data import ByteString, ItemsView, KeysView, Mapping, MappingView, MutableMapping, MutableSequence, MutableSet, Sequence, Set, ValuesView
from _collections_go import deque as _deque

MutableSequence.register(_deque)

for _c in (AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Collection, Container, Coroutine, Generator, Hashable, Iterable, Iterator, Reversible, Sized,
           ByteString, ItemsView, KeysView, Mapping, MappingView, MutableMapping, MutableSequence, MutableSet, Sequence, Set, ValuesView):
    _c.__module__ = "collections.abc"
