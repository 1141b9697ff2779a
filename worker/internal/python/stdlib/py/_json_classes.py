"""The classes of json, which files extend; the work is done in Go."""
import _json_go as _go


class JSONDecodeError(ValueError):
    __module__ = "json.decoder"

    def __init__(self, msg, doc=None, pos=None):
        if doc is None:  # requests' exception of that name comes here by super(), as OSError has no __init__ of its own
            ValueError.__init__(self, msg)
            return
        lineno, colno = doc.count("\n", 0, pos) + 1, pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno


class JSONEncoder:
    item_separator, key_separator = ", ", ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular, self.allow_nan = skipkeys, ensure_ascii, check_circular, allow_nan
        self.sort_keys, self.indent = sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return _go.encode(o, skipkeys=self.skipkeys, ensure_ascii=self.ensure_ascii, check_circular=self.check_circular, allow_nan=self.allow_nan,
                          indent=self.indent, separators=(self.item_separator, self.key_separator), default=self.default, sort_keys=self.sort_keys)

    def iterencode(self, o, _one_shot=False):
        yield _go.encode(o, skipkeys=self.skipkeys, ensure_ascii=self.ensure_ascii, check_circular=self.check_circular, allow_nan=self.allow_nan,
                         indent=self.indent, separators=(self.item_separator, self.key_separator), default=self.default, sort_keys=self.sort_keys)


class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook, self.parse_float, self.parse_int, self.parse_constant = object_hook, parse_float, parse_int, parse_constant
        self.strict, self.object_pairs_hook = strict, object_pairs_hook

    def _decode(self, s, idx, whole):
        return _go.decode(s, idx, whole, bool(self.strict), self.object_hook, self.parse_float, self.parse_int, self.parse_constant, self.object_pairs_hook)

    def decode(self, s):
        return self._decode(s, 0, True)

    def raw_decode(self, s, idx=0):
        return self._decode(s, idx, False)


def encode_basestring(s):
    return _go.encode(s, ensure_ascii=False)


def encode_basestring_ascii(s):
    return _go.encode(s)
