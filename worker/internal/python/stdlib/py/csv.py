# Reading and writing comma-separated values: dialects, as Modules/_csv.c reads them; the sniffer is a simple one.
import io as _io
import re as _re

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)
__version__ = "1.0"
_dialects, _limit = {}, 131072


class Error(Exception):
    pass


class Dialect:
    _name, _valid = "", False
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if self.__class__ is not Dialect:
            self._valid = True
        try:
            _Settings(self)
        except TypeError as e:
            raise Error(str(e)) from None


class excel(Dialect):
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting = ",", '"', True, False, "\r\n", QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting = ",", '"', True, False, "\n", QUOTE_ALL


_DEFAULTS = {"delimiter": ",", "doublequote": True, "escapechar": None, "lineterminator": "\r\n", "quotechar": '"', "quoting": QUOTE_MINIMAL, "skipinitialspace": False, "strict": False}


class _Settings:
    """What a reader or writer goes by: a dialect with every value checked."""

    def __init__(self, dialect=None, **given):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name in given:
            if name not in _DEFAULTS:
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        for name, default in _DEFAULTS.items():
            setattr(self, name, given.get(name, getattr(dialect, name, default)))
        self._check("quoting" in given or hasattr(dialect, "quoting"))

    def _check(self, quoting_given):
        for name in ("delimiter", "escapechar", "quotechar"):
            c = getattr(self, name)
            if c is None and name != "delimiter":
                continue
            if not isinstance(c, str):
                or_none = "string" if name == "delimiter" else "string or None"
                raise TypeError(f'"{name}" must be {or_none}, not {type(c).__name__}')
            if len(c) != 1:
                raise TypeError(f'"{name}" must be a 1-character string')
        if not isinstance(self.quoting, int):
            raise TypeError('"quoting" must be an integer')
        if not 0 <= self.quoting <= 3:
            raise TypeError('bad "quoting" value')
        if self.quotechar is None:
            if quoting_given and self.quoting != QUOTE_NONE:
                raise TypeError("quotechar must be set if quoting enabled")
            self.quoting = QUOTE_NONE
        if self.lineterminator is None:
            raise TypeError("lineterminator must be set")
        self.doublequote, self.skipinitialspace, self.strict = bool(self.doublequote), bool(self.skipinitialspace), bool(self.strict)


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Settings(dialect, **fmtparams)


def unregister_dialect(name):
    if _dialects.pop(name, None) is None:
        raise Error("unknown dialect")


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(*limit):
    global _limit
    old = _limit
    if limit:
        if not isinstance(limit[0], int):
            raise TypeError("limit must be an integer")
        _limit = limit[0]
    return old


# The states of a reader: at the start of a record, of a field, inside one, inside quotes, after a quote in quotes,
# after an escaped line end, and after the end of a record.
_RECORD, _START, _FIELD, _QUOTED, _QUOTE, _JOINED, _EAT = range(7)


class _Reader:
    def __init__(self, lines, settings):
        self._lines, self.dialect, self.line_num = iter(lines), settings, 0

    def __iter__(self):
        return self

    def __next__(self):
        self._row, self._cell, self._number, self._state, self._escaped = [], [], False, _RECORD, False
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if not self._cell and self._state != _QUOTED:
                    raise
                if self.dialect.strict:
                    raise Error("unexpected end of data") from None
                self._end()
                return self._row
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)")
            self.line_num += 1
            self._line(line)
            if self._state == _RECORD:
                return self._row

    def _plain(self, line):
        """The cells of a line without quotes, or None."""
        d = self.dialect
        if len(line) > _limit or d.skipinitialspace or d.escapechar or d.quoting == QUOTE_NONNUMERIC or d.quotechar and d.quotechar in line:
            return None
        line = line.rstrip("\r\n")
        if "\r" in line or "\n" in line:
            return None
        return line.split(d.delimiter) if line else []

    def _line(self, line):
        if self._state == _RECORD:
            cells = self._plain(line)
            if cells is not None:
                self._row = cells
                return
        for c in line:
            self._char(c)
        self._close_line()

    def _close_line(self):
        if self._escaped:
            self._add("\n")
            self._escaped = False
            if self._state == _RECORD or self._state == _START:
                self._state = _FIELD
        elif self._state == _EAT:
            self._state = _RECORD
        elif self._state not in (_QUOTED, _RECORD, _JOINED):
            self._end()

    def _add(self, c):
        if len(self._cell) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._cell.append(c)

    def _end(self):
        text = "".join(self._cell)
        self._row.append(float(text) if self._number else text)
        self._cell, self._number, self._state = [], False, _RECORD

    def _char(self, c):
        d, state = self.dialect, self._state
        if state == _EAT:
            if c not in "\r\n":
                raise Error("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")
        elif self._escaped:
            self._add(c)
            self._escaped = False
            if state != _QUOTED:
                self._state = _JOINED if c in "\r\n" else _FIELD
        elif state == _QUOTED:
            self._in_quotes(c)
        elif c in "\r\n":
            if state != _RECORD:
                self._end()
            self._state = _EAT
        elif state == _QUOTE and d.quoting != QUOTE_NONE and c == d.quotechar:
            self._add(c)
            self._state = _QUOTED
        elif c == d.delimiter:
            self._end()
            self._state = _START
        elif c == d.escapechar and state != _QUOTE:
            self._escaped = True
            if state != _FIELD:
                self._state = _START
        elif state == _QUOTE:
            if d.strict:
                raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
            self._add(c)
            self._state = _FIELD
        elif state == _FIELD or state == _JOINED:
            self._add(c)
            self._state = _FIELD
        elif c == d.quotechar and d.quoting != QUOTE_NONE:
            self._state = _QUOTED
        elif c == " " and d.skipinitialspace:
            self._state = _START
        else:
            self._number = d.quoting == QUOTE_NONNUMERIC
            self._add(c)
            self._state = _FIELD

    def _in_quotes(self, c):
        d = self.dialect
        if c == d.escapechar:
            self._escaped = True
        elif c == d.quotechar and d.quoting != QUOTE_NONE:
            self._state = _QUOTE if d.doublequote else _FIELD
        else:
            self._add(c)


def reader(iterable, dialect="excel", **fmtparams):
    return _Reader(iterable, _Settings(dialect, **fmtparams))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader, self.dialect, self.line_num = reader(f, dialect, *args, **kwds), dialect, 0

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        d = dict(zip(names, row))
        if len(row) > len(names):
            d[self.restkey] = row[len(names) :]
        for n in names[len(row) :]:
            d[n] = self.restval
        return d


class _Writer:
    def __init__(self, f, settings):
        self._write, self.dialect = f.write, settings
        self._special = {c for c in (settings.delimiter, settings.quotechar, settings.escapechar) if c} | set(settings.lineterminator)

    def writerow(self, row):
        try:
            cells = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        out = [self._field(v, len(cells) == 1) for v in cells]
        return self._write(self.dialect.delimiter.join(out) + self.dialect.lineterminator)

    def _field(self, v, alone):
        d, s = self.dialect, "" if v is None else str(v)
        quoted = d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not isinstance(v, (int, float))
        if alone and not s:
            if d.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            quoted = True
        if self._special.isdisjoint(s):
            return d.quotechar + s + d.quotechar if quoted else s
        out = []
        for c in s:
            if c not in self._special:
                out.append(c)
                continue
            escape = d.quoting == QUOTE_NONE or c == d.escapechar
            if not escape and c == d.quotechar:
                if d.doublequote:
                    out.append(c)
                else:
                    escape = True
            if escape:
                if d.escapechar is None:
                    raise Error("need to escape, but no escapechar set")
                out.append(d.escapechar)
            else:
                quoted = True
            out.append(c)
        s = "".join(out)
        return d.quotechar + s + d.quotechar if quoted else s

    def writerows(self, rows):
        for r in rows:
            self.writerow(r)


def writer(fileobj, dialect="excel", **fmtparams):
    if not callable(getattr(fileobj, "write", None)):
        raise TypeError('argument 1 must have a "write" method')
    return _Writer(fileobj, _Settings(dialect, **fmtparams))


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, d):
        if self.extrasaction == "raise":
            extra = set(d) - set(self.fieldnames)
            if extra:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(repr(x) for x in extra))
        return [d.get(k, self.restval) for k in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._row, rowdicts))


class Sniffer:
    """Guesses a dialect: the delimiter that is as often in every line."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        lines = [line for line in sample.splitlines() if line]
        best = (0, "")
        for c in [*self.preferred, "|"] if delimiters is None else delimiters:
            counts = [len(_strip_quotes(line).split(c)) - 1 for line in lines]
            if lines and counts[0] > best[0] and min(counts) == max(counts):
                best = (counts[0], c)
                if c in self.preferred:
                    break
        if not best[1]:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator, quoting, doublequote, quotechar, delimiter = "\r\n", QUOTE_MINIMAL, '""' in sample, '"', best[1]
            skipinitialspace = all(best[1] + " " in line for line in lines)

        return dialect

    def has_header(self, sample):
        rows = list(reader(_io.StringIO(sample), self.sniff(sample)))[:21]
        votes = 0
        for i, name in enumerate(rows[0]):
            cells = [row[i] for row in rows[1:] if len(row) == len(rows[0])]
            if cells and all(_is_number(c) for c in cells):
                votes += -1 if _is_number(name) else 1
            elif cells and len({len(c) for c in cells}) == 1:
                votes += 1 if len(name) != len(cells[0]) else -1
        return votes > 0


def _strip_quotes(line):
    return _re.sub(r'"[^"]*"', "", line)


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)
