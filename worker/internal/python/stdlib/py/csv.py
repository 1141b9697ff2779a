QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


def _rows(lines, delimiter, quotechar):
    row, cell, quoted, was = [], "", False, False
    for line in lines:
        i = 0
        while i < len(line):
            c = line[i]
            if quoted:
                if c == quotechar:
                    if i + 1 < len(line) and line[i + 1] == quotechar:
                        cell += c
                        i += 1
                    else:
                        quoted = False
                else:
                    cell += c
            elif c == quotechar and cell == "":
                quoted = was = True
            elif c == delimiter:
                row.append(cell)
                cell, was = "", True
            elif c in "\r\n":
                pass
            else:
                cell += c
            i += 1
        if not quoted:
            if row or cell or was:
                row.append(cell)
            yield row
            row, cell, was = [], "", False


def reader(csvfile, dialect="excel", *, delimiter=",", quotechar='"', **kw):
    return _rows(csvfile, delimiter, quotechar)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **kw):
        self.reader, self._names, self.restkey, self.restval, self.line_num = reader(f, **kw), fieldnames, restkey, restval, 0

    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self.reader, None)
        return self._names

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        self.line_num += 1
        d = dict(zip(names, row))
        if len(row) > len(names):
            d[self.restkey] = row[len(names):]
        for n in names[len(row):]:
            d[n] = self.restval
        return d


class _Writer:
    def __init__(self, f, delimiter, quotechar, quoting, end):
        self._f, self._d, self._q, self._quoting, self._end = f, delimiter, quotechar, quoting, end

    def writerow(self, row):
        out = []
        row = list(row)
        for v in row:
            s = "" if v is None else str(v)
            need = any(c in s for c in (self._d, self._q, "\n", "\r")) or (s == "" and len(row) == 1)
            if self._quoting == QUOTE_ALL or need or (self._quoting == QUOTE_NONNUMERIC and isinstance(v, str)):
                s = self._q + s.replace(self._q, self._q * 2) + self._q
            out.append(s)
        return self._f.write(self._d.join(out) + self._end)

    def writerows(self, rows):
        for r in rows:
            self.writerow(r)


def writer(f, dialect="excel", *, delimiter=",", quotechar='"', quoting=QUOTE_MINIMAL, lineterminator="\r\n", **kw):
    return _Writer(f, delimiter, quotechar, quoting, lineterminator)


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **kw):
        self.fieldnames, self.restval, self.extrasaction, self.writer = fieldnames, restval, extrasaction, writer(f, **kw)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def writerow(self, d):
        if self.extrasaction == "raise":
            extra = [k for k in d if k not in self.fieldnames]
            if extra:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(repr(x) for x in extra))
        return self.writer.writerow([d.get(k, self.restval) for k in self.fieldnames])

    def writerows(self, rows):
        for r in rows:
            self.writerow(r)
