from _collections_go import deque


class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kw):
        super().__init__(*args, **kw)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def __repr__(self):
        return f"defaultdict({self.default_factory!r}, {dict(self)!r})"


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

    def __repr__(self):
        return f"OrderedDict({list(self.items())!r})" if self else "OrderedDict()"


class Counter(dict):
    def __init__(self, iterable=None, /, **kw):
        super().__init__()
        self.update(iterable, **kw)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kw):
        if iterable is not None:
            if hasattr(iterable, "items"):
                for k, n in iterable.items():
                    self[k] = self[k] + n
            else:
                for k in iterable:
                    self[k] = self[k] + 1
        for k, n in kw.items():
            self[k] = self[k] + n

    def subtract(self, iterable):
        for k, n in Counter(iterable).items():
            self[k] = self[k] - n

    def most_common(self, n=None):
        items = sorted(self.items(), key=lambda kv: kv[1], reverse=True)
        return items if n is None else items[:n]

    def elements(self):
        return (k for k, n in self.items() for _ in range(n))

    def total(self):
        return sum(self.values())

    def __add__(self, other):
        r = Counter(self)
        r.update(other)
        return Counter({k: n for k, n in r.items() if n > 0})

    def __sub__(self, other):
        r = Counter(self)
        r.subtract(other)
        return Counter({k: n for k, n in r.items() if n > 0})

    def __repr__(self):
        return f"Counter({dict(self.most_common())!r})" if self else "Counter()"


def namedtuple(typename, field_names, *, rename=False, defaults=(), module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = tuple(field_names)
    values = dict(zip(fields[len(fields) - len(defaults):], defaults))

    def __new__(cls, *args, **kw):
        if len(args) > len(fields):
            raise TypeError(f"{typename}.__new__() takes {len(fields) + 1} positional arguments but {len(args) + 1} were given")
        got = dict(zip(fields, args))
        for k, v in kw.items():
            if k not in fields:
                raise TypeError(f"{typename}.__new__() got an unexpected keyword argument '{k}'")
            got[k] = v
        missing = [f for f in fields if f not in got and f not in values]
        if missing:
            names = " and ".join(repr(m) for m in missing)
            raise TypeError(f"{typename}.__new__() missing {len(missing)} required positional argument{'s' * (len(missing) > 1)}: {names}")
        return tuple.__new__(cls, [got.get(f, values.get(f)) for f in fields])

    def __repr__(self):
        return self.__class__.__name__ + "(" + ", ".join(f"{f}={v!r}" for f, v in zip(fields, self)) + ")"

    def _replace(self, **kw):
        return self.__class__(**{**self._asdict(), **kw})

    ns = {
        "__new__": __new__, "__repr__": __repr__, "_fields": fields, "_replace": _replace, "__match_args__": fields,
        "_asdict": lambda self: dict(zip(fields, self)), "_make": classmethod(lambda cls, it: cls(*it)),
    }
    for i, f in enumerate(fields):
        ns[f] = property(lambda self, i=i: self[i])
    return type(typename, (tuple,), ns)


class ChainMap(dict):
    def __init__(self, *maps):
        super().__init__()
        for m in reversed(maps):
            self.update(m)
