from _abcs_of_data import MutableMapping as _MutableMapping
from _collections_go import deque
from _collections_user import UserDict, UserList, UserString

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kw):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **kw)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        new = self.copy()
        new.update(other)
        return new

    def __repr__(self):
        return f"{type(self).__name__}({self.default_factory!r}, {dict(self)!r})"


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            items = list(self.items())
            self.clear()
            self[key] = value
            self.update(items)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = list(self)[-1] if last else next(iter(self))
        return key, self.pop(key)

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict.__eq__(self, other)

    def __or__(self, other):
        new = self.copy()
        new.update(other)
        return new

    def __repr__(self):
        return f"{self.__class__.__name__}({list(self.items())!r})" if self else f"{self.__class__.__name__}()"


class Counter(dict):
    def __init__(self, iterable=None, /, **kw):
        super().__init__()
        self.update(iterable, **kw)

    def __missing__(self, key):
        return 0

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kw):
        self._count(iterable, 1)
        self._count(kw, 1)

    def subtract(self, iterable=None, /, **kw):
        self._count(iterable, -1)
        self._count(kw, -1)

    def _count(self, iterable, sign):
        if hasattr(iterable, "items"):
            for k, n in iterable.items():
                self[k] = self[k] + n * sign
        elif iterable is not None:
            for k in iterable:
                self[k] = self[k] + sign

    def most_common(self, n=None):
        items = sorted(self.items(), key=lambda kv: kv[1], reverse=True)
        return items if n is None else items[:n]

    def elements(self):
        return (k for k, n in self.items() for _ in range(n))

    def total(self):
        return sum(self.values())

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def __delitem__(self, key):
        if key in self:
            super().__delitem__(key)

    def _kept(self, counts):
        new = Counter()
        for k, n in counts:
            if n > 0:
                new[k] = n
        return new

    def __add__(self, other):
        return self._kept([(k, n + other[k]) for k, n in self.items()] + [(k, n) for k, n in other.items() if k not in self])

    def __sub__(self, other):
        return self._kept([(k, n - other[k]) for k, n in self.items()] + [(k, -n) for k, n in other.items() if k not in self])

    def __or__(self, other):
        return self._kept([(k, max(n, other[k])) for k, n in self.items()] + [(k, n) for k, n in other.items() if k not in self])

    def __and__(self, other):
        return self._kept([(k, min(n, other[k])) for k, n in self.items()])

    def __pos__(self):
        return self._kept(self.items())

    def __neg__(self):
        return self._kept((k, -n) for k, n in self.items())

    def __le__(self, other):
        return all(self[k] <= other[k] for c in (self, other) for k in c)

    def __ge__(self, other):
        return all(self[k] >= other[k] for c in (self, other) for k in c)

    def __lt__(self, other):
        return self <= other and self != other

    def __gt__(self, other):
        return self >= other and self != other

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict.__eq__(self, other)
        return all(self[k] == other[k] for c in (self, other) for k in c)

    def __repr__(self):
        return f"{self.__class__.__name__}({dict(self.most_common())!r})" if self else f"{self.__class__.__name__}()"


def _field_names(typename, names, rename):
    names = [str(n) for n in (names.replace(",", " ").split() if isinstance(names, str) else names)]
    seen = set()
    for i, name in enumerate(names):
        if rename:
            if not name.isidentifier() or _keyword(name) or name.startswith("_") or name in seen:
                names[i] = f"_{i}"
        elif name.startswith("_"):
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        elif name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    for name in [typename, *names]:
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if _keyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    return tuple(names)


def _keyword(name):
    return name in ("False None True and as assert async await break class continue def del elif else except finally for from "
                    "global if import in is lambda nonlocal not or pass raise return try while with yield").split()


def namedtuple(typename, field_names, *, rename=False, defaults=(), module=None):
    fields = _field_names(typename, field_names, rename)
    defaults = tuple(defaults or ())
    if len(defaults) > len(fields):
        raise TypeError("Got more default values than field names")
    values = dict(zip(fields[len(fields) - len(defaults):], defaults))

    def __new__(cls, *args, **kw):
        if len(args) > len(fields):
            few = f"from {len(fields) + 1 - len(values)} to " if values else ""
            raise TypeError(f"{typename}.__new__() takes {few}{len(fields) + 1} positional arguments but {len(args) + 1} were given")
        if len(args) == len(fields) and not kw:
            return tuple.__new__(cls, args)
        got = dict(zip(fields, args))
        for k, v in kw.items():
            if k not in fields:
                raise TypeError(f"{typename}.__new__() got an unexpected keyword argument '{k}'")
            if k in got:
                raise TypeError(f"{typename}.__new__() got multiple values for argument '{k}'")
            got[k] = v
        missing = [repr(f) for f in fields if f not in got and f not in values]
        if missing:
            names = " and ".join(missing) if len(missing) < 3 else ", ".join(missing[:-1]) + ", and " + missing[-1]
            raise TypeError(f"{typename}.__new__() missing {len(missing)} required positional argument{'s' * (len(missing) > 1)}: {names}")
        return tuple.__new__(cls, [got[f] if f in got else values[f] for f in fields])

    def __repr__(self):
        return self.__class__.__name__ + "(" + ", ".join(f"{f}={v!r}" for f, v in zip(fields, self)) + ")"

    def _make(cls, iterable):
        items = tuple(iterable)
        if len(items) != len(fields):
            raise TypeError(f"Expected {len(fields)} arguments, got {len(items)}")
        return tuple.__new__(cls, items)

    def _replace(self, /, **kw):
        items = [kw.pop(f, v) for f, v in zip(fields, self)]
        if kw:
            raise ValueError(f"Got unexpected field names: {list(kw)!r}")
        return self._make(items)

    ns = {
        "__doc__": f"{typename}({', '.join(fields)})", "__new__": __new__, "__repr__": __repr__, "_fields": fields, "_field_defaults": values, "_replace": _replace,
        "__match_args__": fields, "_asdict": lambda self: dict(zip(fields, self)), "_make": classmethod(_make), "__getnewargs__": lambda self: tuple(self),
    }
    for i, f in enumerate(fields):
        ns[f] = property(lambda self, i=i: self[i], doc=f"Alias for field number {i}")
    return type(typename, (tuple,), ns)


class ChainMap(_MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for m in self.maps:
            try:
                return m[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def __missing__(self, key):
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any(key in m for m in self.maps)

    def __bool__(self):
        return any(self.maps)

    def _merged(self):
        merged = {}
        for m in reversed(self.maps):
            merged.update(dict.fromkeys(m))
        return merged

    def __iter__(self):
        return iter(self._merged())

    def __len__(self):
        return len(self._merged())

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def clear(self):
        self.maps[0].clear()

    def copy(self):
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        return self.__class__(*self.maps[1:])

    def __or__(self, other):
        new = self.copy()
        new.maps[0].update(other)
        return new

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"


def __getattr__(name):
    if name == "abc":
        import collections.abc
        return collections.abc
    raise AttributeError(f"module 'collections' has no attribute {name!r}")
