"""TOML 1.0."""
import re
from datetime import date, datetime, time, timedelta, timezone


class TOMLDecodeError(ValueError):
    pass


_bare = re.compile(r"[A-Za-z0-9_-]+")
_float = re.compile(r"[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?")
_based = re.compile(r"0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*")
_datetime = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?([Zz]|[+-]\d\d:\d\d)?)?")
_time = re.compile(r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?")
_escapes = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def load(fp, /, *, parse_float=float):
    b = fp.read()
    if isinstance(b, str):
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`")
    return loads(b.decode(), parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    return _Parser(s.replace("\r\n", "\n"), parse_float).document()


class _Parser:
    def __init__(self, text, parse_float):
        self.s, self.i, self._parse_float, self._closed, self._tables, self._arrays = text, 0, parse_float, [], [], []

    def fail(self, msg, i=None):
        i = self.i if i is None else i
        if i >= len(self.s):
            raise TOMLDecodeError(f"{msg} (at end of document)")
        line = self.s.count("\n", 0, i) + 1
        column = i + 1 if line == 1 else i - self.s.rindex("\n", 0, i)
        raise TOMLDecodeError(f"{msg} (at line {line}, column {column})")

    def peek(self, n=1):
        return self.s[self.i:self.i + n]

    def blank(self, chars=" \t"):
        while self.peek() and self.peek() in chars:
            self.i += 1

    def comment(self):
        if self.peek() == "#":
            end = self.s.find("\n", self.i)
            self.i = len(self.s) if end < 0 else end

    def gap(self):
        """Skips blanks, comments and line ends."""
        while True:
            self.blank(" \t\n")
            if self.peek() != "#":
                return
            self.comment()

    def document(self):
        root = {}
        table = root
        while True:
            self.gap()
            if self.i >= len(self.s):
                return root
            if self.peek() == "[":
                table = self.header(root)
            elif self.peek() in "\"'" or _bare.match(self.peek()):
                self.pair(table)
            else:
                self.fail("Invalid statement")
            self.blank()
            self.comment()
            if self.i < len(self.s) and self.peek() != "\n":
                self.fail("Expected newline or end of document after a statement")

    def header(self, root):
        start = self.i
        many = self.peek(2) == "[["
        self.i += 2 if many else 1
        self.blank()
        path = self.key()
        if self.peek(2 if many else 1) != ("]]" if many else "]"):
            self.fail("Expected ']]' at the end of an array declaration" if many else "Expected ']' at the end of a table declaration")
        table = root
        for k in path[:-1]:
            table = table.setdefault(k, {})
            if isinstance(table, list) and any(table is a for a in self._arrays):
                table = table[-1]
            if not isinstance(table, dict) or any(table is c for c in self._closed):
                self.fail("Cannot overwrite a value")
        last = path[-1]
        if many:
            if last not in table:
                table[last] = []
                self._arrays.append(table[last])
            if not any(table[last] is a for a in self._arrays):
                self.fail("Cannot overwrite a value")
            table[last].append({})
            table = table[last][-1]
        else:
            if last in table and (not isinstance(table[last], dict) or any(table[last] is t for t in self._tables) or any(table[last] is c for c in self._closed)):
                self.fail(f"Cannot declare {tuple(path)} twice", self.i)
            table = table.setdefault(last, {})
            self._tables.append(table)
        self.i += 2 if many else 1
        return table

    def key(self):
        path = []
        while True:
            c = self.peek()
            if c == '"':
                path.append(self.basic())
            elif c == "'":
                path.append(self.literal())
            else:
                m = _bare.match(self.s[self.i:self.i + 1000])
                if not m:
                    self.fail("Invalid initial character for a key part")
                path.append(m.group())
                self.i += m.end()
            self.blank()
            if self.peek() != ".":
                return path
            self.i += 1
            self.blank()

    def pair(self, table):
        path = self.key()
        if self.peek() != "=":
            self.fail("Expected '=' after a key in a key/value pair")
        self.i += 1
        self.blank()
        value = self.value()
        for k in path[:-1]:
            table = table.setdefault(k, {})
            if not isinstance(table, dict) or any(table is c for c in self._closed):
                self.fail("Cannot overwrite a value")
            if not any(table is t for t in self._tables):
                self._tables.append(table)
        if path[-1] in table:
            self.fail("Cannot overwrite a value")
        table[path[-1]] = value

    def value(self):
        c = self.peek()
        if c == '"':
            return self.multi('"""') if self.peek(3) == '"""' else self.basic()
        if c == "'":
            return self.multi("'''") if self.peek(3) == "'''" else self.literal()
        if c == "[":
            return self.array()
        if c == "{":
            return self.inline()
        for word, v in (("true", True), ("false", False)):
            if self.s.startswith(word, self.i):
                self.i += len(word)
                return v
        return self.scalar()

    def scalar(self):
        rest = self.s[self.i:self.i + 200]
        m = _datetime.match(rest)
        if m:
            return self.moment(m)
        m = _time.match(rest)
        if m:
            self.i += m.end()
            return time(int(m.group(1)), int(m.group(2)), int(m.group(3)), int((m.group(4) or "0").ljust(6, "0")))
        m = _based.match(rest)
        if m:
            self.i += m.end()
            return int(m.group(), 0)
        for word in ("inf", "nan", "+inf", "-inf", "+nan", "-nan"):
            if rest.startswith(word):
                self.i += len(word)
                return self._parse_float(word)
        m = _float.match(rest)
        if not m:
            self.fail("Invalid value")
        self.i += m.end()
        text = m.group().replace("_", "")
        return self._parse_float(text) if any(x in text for x in ".eE") else int(text)

    def moment(self, m):
        y, mo, d, h, mi, s, us, zone = m.groups()
        try:
            if h is None:
                v = date(int(y), int(mo), int(d))
            else:
                tz = None
                if zone:
                    sign = -1 if zone[0] == "-" else 1
                    tz = timezone.utc if zone in "Zz" else timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
                v = datetime(int(y), int(mo), int(d), int(h), int(mi), int(s), int((us or "0").ljust(6, "0")), tz)
        except ValueError:
            self.fail("Invalid date or datetime")
        self.i += m.end()
        return v

    def escape(self):
        c = self.s[self.i + 1:self.i + 2]
        if c in _escapes and c:
            self.i += 2
            return _escapes[c]
        if c in ("u", "U"):
            n = 4 if c == "u" else 8
            digits = self.s[self.i + 2:self.i + 2 + n]
            try:
                if len(digits) < n:
                    raise ValueError
                code = int(digits, 16)
            except ValueError:
                self.fail("Invalid hex value")
            self.i += 2 + n
            return chr(code)
        self.fail("Unescaped '\\' in a string", self.i + 2)

    def basic(self):
        self.i += 1
        out = []
        while True:
            c = self.peek()
            if c == "" or c == "\n":
                self.fail("Unterminated string" if not c else f"Illegal character {c!r}")
            if c == '"':
                self.i += 1
                return "".join(out)
            if c == "\\":
                out.append(self.escape())
            else:
                out.append(c)
                self.i += 1

    def literal(self):
        end = self.s.find("'", self.i + 1)
        if end < 0 or "\n" in self.s[self.i:end]:
            self.fail("Expected \"'\"", len(self.s))
        text = self.s[self.i + 1:end]
        self.i = end + 1
        return text

    def multi(self, quote):
        self.i += 3
        if self.peek() == "\n":
            self.i += 1
        out = []
        while True:
            if self.i >= len(self.s):
                self.fail("Unterminated string")
            if self.peek(3) == quote:
                extra = 0
                while extra < 2 and self.s[self.i + 3 + extra:self.i + 4 + extra] == quote[0]:
                    extra += 1
                out.append(quote[0] * extra)
                self.i += 3 + extra
                return "".join(out)
            c = self.peek()
            if c == "\\" and quote == '"""':
                if re.match(r"\\[ \t]*\n", self.s[self.i:self.i + 200]):
                    self.i += 1
                    self.blank(" \t\n")
                else:
                    out.append(self.escape())
                continue
            out.append(c)
            self.i += 1

    def array(self):
        self.i += 1
        out = []
        while True:
            self.gap()
            if self.peek() == "]":
                self.i += 1
                return out
            out.append(self.value())
            self.gap()
            if self.peek() == ",":
                self.i += 1
            elif self.peek() != "]":
                self.fail("Unclosed array")

    def inline(self):
        self.i += 1
        table = {}
        self.blank()
        if self.peek() == "}":
            self.i += 1
            return table
        while True:
            self.pair(table)
            self.blank()
            if self.peek() == "}":
                self.i += 1
                self._closed.append(table)
                return table
            if self.peek() != ",":
                self.fail("Unclosed inline table")
            self.i += 1
            self.blank()
