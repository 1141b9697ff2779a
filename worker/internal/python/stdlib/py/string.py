ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = " \t\n\r\v\f"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(w.capitalize() for w in s.split(sep))


class Template:
    """$-substitution; a subclass may set another delimiter, idpattern, braceidpattern, flags or a whole pattern."""

    delimiter, idpattern, braceidpattern, flags, pattern = "$", r"(?:[_a-zA-Z][_a-zA-Z0-9]*)", None, 0, None

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "pattern" not in cls.__dict__ and {"delimiter", "idpattern", "braceidpattern", "flags"} & set(cls.__dict__):
            cls.pattern = None

    def __init__(self, template):
        self.template = template
        cls = type(self)
        if cls.pattern is None or isinstance(cls.pattern, str):
            cls.pattern = cls._compile()

    @classmethod
    def _compile(cls):
        import re

        delim, name = re.escape(cls.delimiter), cls.idpattern
        braced = name if cls.braceidpattern is None else cls.braceidpattern
        whole = cls.pattern or rf"{delim}(?:(?P<escaped>{delim})|(?P<named>{name})|\{{(?P<braced>{braced})\}}|(?P<invalid>))"
        return re.compile(whole, cls.flags | re.VERBOSE)

    def _invalid(self, at):
        before = self.template[:at].splitlines(True)
        line, col = (len(before), at - len("".join(before[:-1])) + 1) if before else (1, 1)
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, col))

    def _fill(self, values, safe):
        def sub(m):
            name = m.group("named") or m.group("braced")
            if name is not None:
                return str(values[name]) if not safe or name in values else m.group()
            if m.group("escaped") is not None:
                return self.delimiter
            if safe:
                return m.group()
            return self._invalid(m.start("invalid") - len(self.delimiter) if m.group() == self.delimiter else m.start())

        return self.pattern.sub(sub, self.template)

    def substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws} if kws else mapping, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws} if kws else mapping, True)

    def is_valid(self):
        return all(m.group("invalid") is None for m in self.pattern.finditer(self.template))

    def get_identifiers(self):
        names = (m.group("named") or m.group("braced") for m in self.pattern.finditer(self.template))
        return list(dict.fromkeys(n for n in names if n is not None))


class Formatter:
    """str.format, in steps that a subclass may replace."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        text, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used, depth, auto):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            if name == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name, auto = str(auto), auto + 1
            elif name.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            obj, first = self.get_field(name, args, kwargs)
            used.add(first)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            out.append(self.format_field(obj, spec))
        return "".join(out), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion in ("s", "r", "a"):
            return {"s": str, "r": repr, "a": ascii}[conversion](value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """Yields (literal, field name, spec, conversion) for each part; a part without a field has None for the last three."""
        literal, i, n = "", 0, len(format_string)
        while i < n:
            c = format_string[i]
            i += 1
            if c not in "{}":
                literal += c
            elif format_string[i : i + 1] == c:
                yield literal + c, None, None, None
                literal = ""
                i += 1
            elif c == "}":
                raise ValueError("Single '}' encountered in format string")
            elif i == n:
                raise ValueError("Single '{' encountered in format string")
            else:
                end = _closing(format_string, i)
                yield (literal, *_field(format_string[i:end]))
                literal, i = "", end + 1
        if literal:
            yield literal, None, None, None

    def get_field(self, field_name, args, kwargs):
        end = min((i for i in (field_name.find("."), field_name.find("[")) if i >= 0), default=len(field_name))
        first = int(field_name[:end]) if field_name[:end].isdigit() else field_name[:end]
        obj = self.get_value(first, args, kwargs)
        for is_attr, key in _path(field_name[end:]):
            obj = getattr(obj, key) if is_attr else obj[key]
        return obj, first


def _closing(text, i):
    depth = 1
    for j in range(i, len(text)):
        if text[j] == "{":
            depth += 1
        elif text[j] == "}":
            depth -= 1
            if depth == 0:
                return j
    raise ValueError("expected '}' before end of string")


def _field(text):
    """The name, spec and conversion of what stands between braces."""
    ends = [i for i in (text.find("!"), text.find(":")) if i >= 0]
    end = min(ends, default=len(text))
    name, rest, conversion = text[:end], text[end:], None
    if rest.startswith("!"):
        if len(rest) < 2:
            raise ValueError("unmatched '{' in format spec")
        conversion, rest = rest[1], rest[2:]
        if rest and not rest.startswith(":"):
            raise ValueError("expected ':' after conversion specifier")
    return name, rest[1:], conversion


def _path(rest):
    """The attributes and keys of a field name."""
    while rest:
        if rest[0] == ".":
            end = min((i for i in (rest.find(".", 1), rest.find("[", 1)) if i >= 0), default=len(rest))
            key, rest = rest[1:end], rest[end:]
            if not key:
                raise ValueError("Empty attribute in format string")
            yield True, key
        elif rest[0] == "[":
            key, closed, rest = rest[1:].partition("]")
            if not closed:
                raise ValueError("Missing ']' in format string")
            yield False, int(key) if key.isdigit() else key
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
