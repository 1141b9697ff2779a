"""What geventhttpclient raises and shows, as FastHttpSession needs it."""
from http_errors import gaierror, SSLError, SSLCertVerificationError, ZlibError


class ConnectionError(Exception):
    def __init__(self, url, *args, **kw):
        Exception.__init__(self, url, *args)
        self.url = url
        for name, value in kw.items():
            setattr(self, name, value)
        if args and isinstance(args[0], str):
            self.text = args[0] if len(args) == 1 else args[0] + ": " + str(args[1:])
        else:
            self.text = str(args[0]) if len(args) == 1 else ""
        self.kw_text = ", ".join(f"{name}={value}" for name, value in kw.items())
        if kw:
            self.text += (", " if self.text else "") + self.kw_text

    def __str__(self):
        return f"URL {self.url}: {self.text}" if self.text else f"URL {self.url}"

    def _plain(self):
        name = type(self).__name__
        return f"{name}({self.args[0]!r})" if len(self.args) == 1 else f"{name}{self.args!r}"

    def __repr__(self):
        plain = self._plain()
        return plain.replace(")", f", {self.kw_text})") if self.kw_text else plain


class RetriesExceeded(ConnectionError): pass


class BadStatusCode(ConnectionError):
    code = 0


class EmptyResponse(ConnectionError): pass


class UnsupportedRedirectSchemeError(ConnectionError): pass


class LocustBadStatusCode(ConnectionError):
    def __repr__(self):
        shown = ConnectionError.__repr__(self)
        return shown.replace(repr(self.url) + ", ", "") if self.kw_text else shown


class HTTPParseError(Exception): pass


class HTTPConnectionClosed(HTTPParseError): pass


class Headers:
    """Header lines: found whatever their case, several of a name as a list."""

    def __init__(self, headers=None, **kwargs):
        self._lines = []
        for source in (headers, kwargs):
            if source:
                for field, value in (source.items() if hasattr(source, "items") else source):
                    self.add(field, value)

    def add(self, field, value):
        for item in value if isinstance(value, (list, tuple)) else [value]:
            at = [i for i, line in enumerate(self._lines) if line[0].lower() == field.lower()]
            self._lines.insert(at[-1] + 1 if at else len(self._lines), (field, item))

    def getlist(self, field):
        return [value for name, value in self._lines if name.lower() == field.lower()]

    get_all = getheaders = getallmatchingheaders = getlist

    def __getitem__(self, field):
        values = self.getlist(field)
        if not values:
            raise KeyError(field.lower())
        return values[0] if len(values) == 1 else values

    def get(self, field, default=None):
        values = self.getlist(field)
        return default if not values else values[0] if len(values) == 1 else values

    def __setitem__(self, field, value):
        at = [i for i, line in enumerate(self._lines) if line[0].lower() == field.lower()]
        new = [(field, item) for item in (value if isinstance(value, (list, tuple)) else [value])]
        if at:
            self._lines[at[0]:at[-1] + 1] = new
        else:
            self._lines.extend(new)

    def __delitem__(self, field):
        if not self.getlist(field):
            raise KeyError(field.lower())
        self._lines = [line for line in self._lines if line[0].lower() != field.lower()]

    def discard(self, field):
        self._lines = [line for line in self._lines if line[0].lower() != field.lower()]

    def pop(self, field, *default):
        if default and not self.getlist(field):
            return default[0]
        value = self[field]
        del self[field]
        return value

    def setdefault(self, field, default=""):
        if not self.getlist(field):
            self[field] = default
        return self[field]

    def update(self, *args, **kwargs):
        for source in (*args, kwargs):
            for field, value in (source._grouped() if isinstance(source, Headers) else source.items() if hasattr(source, "items") else source):
                self[field] = value

    def _grouped(self):
        return [(name, self[name]) for name in self]

    def __contains__(self, field):
        return bool(self.getlist(field))

    def __iter__(self):
        seen = []
        for name, _ in self._lines:
            if name.lower() not in seen:
                seen.append(name.lower())
        return iter(seen)

    def keys(self):
        return list(self)

    def values(self):
        return [self[name] for name in self]

    def items(self):
        return iter(list(self._lines))

    def __len__(self):
        return len(self._lines)

    def copy(self):
        return type(self)(self._lines)

    def compatible_dict(self):
        merged = {}
        for name in self:
            values = self.getlist(name)
            merged[next(field for field, _ in self._lines if field.lower() == name)] = ", ".join(values)
        return merged

    def __eq__(self, other):
        return dict(self._grouped()) == dict(other if not isinstance(other, Headers) else other._grouped())

    def __repr__(self):
        return f"{type(self).__name__}({self.compatible_dict()})"

    def __str__(self):
        return "\n".join(f"{field}: {value}" for field, value in self._lines)
