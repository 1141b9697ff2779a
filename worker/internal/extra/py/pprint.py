import sys


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    (stream or sys.stdout).write(pformat(object, indent, width, depth, compact=compact, sort_dicts=sort_dicts) + "\n")


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts).pformat(object)


def saferepr(object):
    return pformat(object, width=10**9)


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        self._indent, self._width, self._depth, self._stream, self._compact, self._sort = indent, width, depth, stream, compact, sort_dicts

    def pprint(self, object):
        (self._stream or sys.stdout).write(self.pformat(object) + "\n")

    def pformat(self, object):
        return self._format(object, 0, 0, 1)

    def _items(self, d):
        return sorted(d.items(), key=lambda kv: (str(type(kv[0])), kv[0])) if self._sort else list(d.items())

    def _plain(self, o, level):
        """The text on one line."""
        t = type(o)
        if t is dict and o:
            if self._depth and level > self._depth:
                return "{...}"
            return "{" + ", ".join(f"{self._plain(k, level + 1)}: {self._plain(v, level + 1)}" for k, v in self._items(o)) + "}"
        if t in (list, tuple) and o:
            if self._depth and level > self._depth:
                return "[...]" if t is list else "(...)"
            inner = ", ".join(self._plain(x, level + 1) for x in o)
            return f"[{inner}]" if t is list else f"({inner}{',' * (len(o) == 1)})"
        return repr(o)

    def _format(self, o, column, allowance, level):
        text = self._plain(o, level)
        if len(text) <= self._width - column - allowance:
            return text
        if self._depth and level > self._depth:
            return text
        t = type(o)
        if t is dict and o:
            pad = " " * (column + self._indent)
            items, out = self._items(o), []
            for i, (k, v) in enumerate(items):
                key = self._plain(k, level + 1)
                last = i == len(items) - 1
                out.append(f"{key}: " + self._format(v, column + self._indent + len(key) + 2, allowance + 1 if last else 1, level + 1))
            return "{" + " " * (self._indent - 1) + (",\n" + pad).join(out) + "}"
        if t in (list, tuple, set, frozenset) and o:
            begin, end = {list: ("[", "]"), tuple: ("(", ",)" if len(o) == 1 else ")"), set: ("{", "}"), frozenset: ("frozenset({", "})")}[t]
            items = list(o)
            if t in (set, frozenset):
                items = sorted(items, key=lambda x: (str(type(x)), x))
            shift = self._indent + (10 if t is frozenset else 0)
            return begin + " " * (self._indent - 1) + self._list(items, column + shift, allowance + len(end), level) + end
        if t is str and len(o.split()) > 1 or t is str and "\n" in o:
            return self._string(o, column, allowance, level)
        return text

    def _list(self, items, column, allowance, level):
        pad, out, line, room = ",\n" + " " * column, [], "", self._width - column
        for i, x in enumerate(items):
            last = i == len(items) - 1
            if self._compact:
                text = self._plain(x, level + 1)
                used = len(line) + (2 if line else 0)
                if len(text) + used <= room - (allowance if last else 1):
                    line += (", " if line else "") + text
                    continue
                if line:
                    out.append(line)
                    line = ""
                if len(text) <= room - (allowance if last else 1):
                    line = text
                    continue
            out.append(self._format(x, column, allowance if last else 1, level + 1))
        if line:
            out.append(line)
        return pad.join(out)

    def _string(self, s, column, allowance, level):
        import re
        lines, chunks = s.splitlines(True), []
        if level == 1:
            column, allowance = column + 1, allowance + 1
        most = right = self._width - column
        for i, line in enumerate(lines):
            text = repr(line)
            if i == len(lines) - 1:
                most -= allowance
            if len(text) <= most:
                chunks.append(text)
                continue
            parts, current = [p for p in re.findall(r"\S*\s*", line) if p], ""
            last = right
            for j, part in enumerate(parts):
                if j == len(parts) - 1 and i == len(lines) - 1:
                    last = right - allowance
                if len(repr(current + part)) > last:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current += part
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            return chunks[0]
        text = ("\n" + " " * column).join(chunks)
        return f"({text})" if level == 1 else text
