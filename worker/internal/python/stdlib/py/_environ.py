class Environ:
    """The environment of the process as os.environ shows it: a mapping of str to str that changes the process too."""

    def __init__(self, data, putenv, unsetenv):
        self._data, self._putenv, self._unsetenv = data, putenv, unsetenv

    def __getitem__(self, key):
        return self._data[_text(key)]

    def __setitem__(self, key, value):
        key, value = _text(key), _text(value)
        if not key or "=" in key:
            raise OSError(22, "Invalid argument")
        if "\0" in key + value:
            raise ValueError("embedded null byte")
        self._putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        del self._data[_text(key)]
        self._unsetenv(key)

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __contains__(self, key):
        return _text(key) in self._data

    def __eq__(self, other):
        return self._data == (other._data if isinstance(other, Environ) else other)

    __hash__ = None

    def __repr__(self):
        return f"environ({{{', '.join(f'{k!r}: {v!r}' for k, v in self._data.items())}}})"

    def __or__(self, other):
        return self._data | dict(other)

    def __ror__(self, other):
        return dict(other) | self._data

    def __ior__(self, other):
        self.update(other)
        return self

    def get(self, key, default=None):
        return self._data.get(_text(key), default)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def copy(self):
        return dict(self._data)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    def popitem(self):
        for key in self:
            return key, self.pop(key)
        raise KeyError

    def clear(self):
        for key in self:
            del self[key]

    def update(self, other=(), /, **more):
        for key, value in dict(other, **more).items():
            self[key] = value


def _text(value):
    if not isinstance(value, str):
        raise TypeError(f"str expected, not {type(value).__name__}")
    return value
