"""Header lines as geventhttpclient keeps them."""
from collections.abc import KeysView, Mapping, ValuesView


class Headers(dict):
    """A dict from the name in small letters to a pair of name and value, or to a list of such pairs."""

    def __init__(self, headers=None, **kwargs):
        dict.__init__(self)
        if isinstance(headers, Headers):
            headers._share(self)
        elif headers is not None:
            self.extend(headers)
        if kwargs:
            self.extend(kwargs)

    def _share(self, other):
        for name, kept in dict.items(self):
            dict.__setitem__(other, name, list(kept) if isinstance(kept, list) else kept)

    def __setitem__(self, field, value):
        many = isinstance(value, (list, tuple))
        dict.__setitem__(self, field.lower(), [(field, item) for item in value] if many else (field, value))

    def __getitem__(self, field):
        kept = dict.__getitem__(self, field.lower())
        return kept[1] if isinstance(kept, tuple) else [value for _, value in kept]

    def __delitem__(self, field):
        dict.__delitem__(self, field.lower())

    def __contains__(self, field):
        return dict.__contains__(self, field.lower())

    def __eq__(self, other):
        if not isinstance(other, Mapping) and not hasattr(other, "keys"):
            return False
        theirs = other if isinstance(other, Headers) else Headers(other)
        return {name: self[name] for name in self} == {name: theirs[name] for name in theirs}

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def keys(self):
        return KeysView(self)

    def values(self):
        return ValuesView(self)

    def items(self):
        for kept in dict.values(self):
            if isinstance(kept, tuple):
                yield kept
            else:
                yield from kept

    def get(self, field, default=None):
        return self[field] if field in self else default

    def pop(self, field, *default):
        if default and field not in self:
            return default[0]
        value = self[field]
        del self[field]
        return value

    def discard(self, field):
        if field in self:
            del self[field]

    def setdefault(self, field, default=""):
        if field not in self:
            self[field] = default
            return default
        return self[field]

    def add(self, field, value):
        if isinstance(value, (list, tuple)):
            for item in value:
                self.add(field, item)
            return
        name, line = field.lower(), (field, value)
        kept = dict.get(self, name)
        if kept is None:
            dict.__setitem__(self, name, line)
        elif isinstance(kept, tuple):
            dict.__setitem__(self, name, [kept, line])
        else:
            kept.append(line)

    def _each(self, what, args, kwargs, take):
        if len(args) > 1:
            raise TypeError(f"{what}() takes at most 1 positional argument ({len(args)} given)")
        for source in (*args, kwargs):
            if isinstance(source, Mapping) or hasattr(source, "keys"):
                for field in source:
                    take(field, source[field])
            else:
                for field, value in source:
                    take(field, value)

    def extend(self, *args, **kwargs):
        args = tuple(list(source.items()) if isinstance(source, Headers) else source for source in args)
        self._each("extend", args, kwargs, self.add)

    def update(self, *args, **kwargs):
        if len(args) == 1 and isinstance(args[0], Headers):
            for name, kept in dict.items(args[0]):
                dict.__setitem__(self, name, kept)
            args = ()
        self._each("update", args, kwargs, self.__setitem__)

    def __or__(self, other):
        both = self.copy()
        both.update(other)
        return both

    def __ior__(self, other):
        self.update(other)
        return self

    def getlist(self, field):
        kept = dict.get(self, field.lower(), [])
        return [kept[1]] if isinstance(kept, tuple) else [value for _, value in kept]

    getheaders = getallmatchingheaders = getlist

    def get_all(self, field, failobj=None):
        return self.getlist(field) or failobj

    def copy(self):
        clone = type(self)()
        self._share(clone)
        return clone

    def __len__(self):
        return sum(1 if isinstance(kept, tuple) else len(kept) for kept in dict.values(self))

    def itermerged(self):
        for kept in dict.values(self):
            if isinstance(kept, tuple):
                yield kept
            else:
                yield kept[0][0], ", ".join(value for _, value in kept)

    def iterlower(self):
        for field, value in self.items():
            yield field.lower(), value

    def compatible_dict(self):
        return dict(self.itermerged())

    def __repr__(self):
        return f"{type(self).__name__}({self.compatible_dict()})"

    def __str__(self):
        return "\n".join(f"{field}: {value}" for field, value in self.items())
