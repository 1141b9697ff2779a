DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        super().__init__(msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__(f"No section: {section!r}")
        self.section, self.args = section, (section,)


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__(f"No option {option!r} in section: {section!r}")
        self.option, self.section, self.args = option, section, (option, section)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        where = f"While reading from {source!r} [line {lineno:2d}]: section {section!r} already exists" if source is not None else f"Section {section!r} already exists"
        super().__init__(where)
        self.section, self.source, self.lineno = section, source, lineno


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        where = f"While reading from {source!r} [line {lineno:2d}]: option {option!r} in section {section!r} already exists"
        super().__init__(where)
        self.section, self.option, self.source, self.lineno = section, option, source, lineno


class InterpolationError(Error):
    pass


class InterpolationMissingOptionError(InterpolationError):
    pass


class InterpolationSyntaxError(InterpolationError):
    pass


class ParsingError(Error):
    def __init__(self, source):
        super().__init__(f"Source contains parsing errors: {source!r}")
        self.source, self.errors = source, []

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f"\n\t[line {lineno:2d}]: {line}"


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, f"File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}")
        self.source, self.lineno, self.line = filename, lineno, line


class BasicInterpolation:
    def get(self, parser, section, option, value, values, depth=1):
        import re
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationError("Recursion limit exceeded in value substitution")

        def one(m):
            if m.group(0) == "%%":
                return "%"
            if m.group(1) is None:
                raise InterpolationSyntaxError(f"'%' must be followed by '%' or '(', found: {m.group(0)!r}")
            name = parser.optionxform(m.group(1))
            if name not in values:
                raise InterpolationMissingOptionError(f"Bad value substitution: option {option!r} in section {section!r} contains an interpolation key {name!r} which is not a valid option name. Raw value: {value!r}")
            inner = values[name]
            return self.get(parser, section, name, inner, values, depth + 1) if "%" in inner else inner
        return re.sub(r"%\(([^)]+)\)s|%%|%.?", one, value)


class ExtendedInterpolation:
    def get(self, parser, section, option, value, values, depth=1):
        import re

        def one(m):
            if m.group(0) == "$$":
                return "$"
            name = m.group(1)
            if ":" in name:
                sect, opt = name.split(":", 1)
                return parser.get(sect, opt)
            inner = values[parser.optionxform(name)]
            return self.get(parser, section, name, inner, values, depth + 1) if "$" in inner else inner
        return re.sub(r"\$\{([^}]+)\}|\$\$", one, value)


class Interpolation:
    def get(self, parser, section, option, value, values):
        return value


_unset = object()


class RawConfigParser:
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    _default = Interpolation

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"), comment_prefixes=("#", ";"),
                 inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_unset, converters=None):
        self._sections, self._defaults, self.default_section = {}, {}, default_section
        self._delimiters, self._comments, self._inline = tuple(delimiters), tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._allow_no_value, self._strict, self._empty = allow_no_value, strict, empty_lines_in_values
        self._interpolation = self._default() if interpolation is _unset else (interpolation or Interpolation())
        for k, v in (defaults or {}).items():
            self._defaults[self.optionxform(k)] = str(v)

    def optionxform(self, option):
        return option.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def _values(self, section):
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        return {**self._defaults, **self._sections.get(section, {})}

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def has_option(self, section, option):
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        return section in self._sections and self.optionxform(option) in self._values(section)

    def read(self, filenames, encoding=None):
        if isinstance(filenames, (str, bytes)) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for name in filenames:
            try:
                with open(name, encoding=encoding) as f:
                    self._read(f, str(name))
            except OSError:
                continue
            done.append(str(name))
        return done

    def read_file(self, f, source=None):
        self._read(f, source or getattr(f, "name", "<???>"))

    def read_string(self, string, source="<string>"):
        self._read(string.splitlines(True), source)

    def read_dict(self, dictionary, source="<dict>"):
        for section, keys in dictionary.items():
            section = str(section)
            if section != self.default_section and section not in self._sections:
                self._sections[section] = {}
            for k, v in keys.items():
                self._put(section, self.optionxform(str(k)), None if v is None else str(v))

    def _put(self, section, option, value):
        (self._defaults if section == self.default_section else self._sections[section])[option] = value

    def _plain(self, line):
        stripped = line.strip()
        for p in self._comments:
            if stripped.startswith(p):
                return ""
        for p in self._inline:
            i = line.find(p)
            while i >= 0 and not (i == 0 or line[i - 1].isspace()):
                i = line.find(p, i + 1)
            if i >= 0:
                line = line[:i]
        return line.rstrip()

    def _read(self, lines, source):
        section, option, errors, added, depth, pending = None, None, None, set(), 0, 0
        for n, raw in enumerate(lines, 1):
            line = self._plain(raw)
            text = line.strip()
            if not text:
                if self._empty and raw.strip() == "" and option is not None:
                    pending += 1
                continue
            lead = len(line) - len(line.lstrip())
            if section is not None and option is not None and lead > depth:
                old = self._get_raw(section, option)
                self._put(section, option, (old or "") + "\n" * (pending + 1) + text)
                pending = 0
                continue
            pending, depth = 0, lead
            if text.startswith("[") and "]" in text:
                section, option = text[1:text.rindex("]")], None
                if section != self.default_section:
                    if section in self._sections and self._strict and (section, None) in added:
                        raise DuplicateSectionError(section, source, n)
                    self._sections.setdefault(section, {})
                    added.add((section, None))
                continue
            if section is None:
                raise MissingSectionHeaderError(source, n, raw)
            cut = min([i for i in (text.find(d) for d in self._delimiters) if i >= 0], default=-1)
            if cut == 0 or (cut < 0 and not self._allow_no_value):
                errors = errors or ParsingError(source)
                errors.append(n, repr(raw))
                continue
            option = self.optionxform((text if cut < 0 else text[:cut]).rstrip())
            if self._strict and (section, option) in added:
                raise DuplicateOptionError(section, option, source, n)
            added.add((section, option))
            self._put(section, option, None if cut < 0 else text[cut + 1:].strip())
        if errors:
            raise errors

    def _get_raw(self, section, option):
        return (self._defaults if section == self.default_section else self._sections[section])[option]

    def get(self, section, option, *, raw=False, vars=None, fallback=_unset):
        try:
            values = self._values(section)
        except NoSectionError:
            if fallback is _unset:
                raise
            return fallback
        values.update({self.optionxform(k): str(v) for k, v in (vars or {}).items()})
        name = self.optionxform(option)
        if name not in values:
            if fallback is _unset:
                raise NoOptionError(name, section)
            return fallback
        value = values[name]
        if raw or value is None:
            return value
        return self._interpolation.get(self, section, name, value, values)

    def _converted(self, section, option, convert, fallback, kw):
        value = self.get(section, option, fallback=fallback, **kw)
        return value if value is fallback and fallback is not _unset else convert(value)

    def getint(self, section, option, *, fallback=_unset, **kw):
        return self._converted(section, option, int, fallback, kw)

    def getfloat(self, section, option, *, fallback=_unset, **kw):
        return self._converted(section, option, float, fallback, kw)

    def getboolean(self, section, option, *, fallback=_unset, **kw):
        return self._converted(section, option, self._convert_to_boolean, fallback, kw)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_unset, raw=False, vars=None):
        if section is _unset:
            return [(n, self[n]) for n in self]
        return [(k, self.get(section, k, raw=raw, vars=vars)) for k in self._values(section)]

    def set(self, section, option, value=None):
        if section and section != self.default_section and section not in self._sections:
            raise NoSectionError(section)
        self._put(section or self.default_section, self.optionxform(option), value)

    def remove_option(self, section, option):
        if section not in self._sections:
            raise NoSectionError(section)
        return self._sections[section].pop(self.optionxform(option), _unset) is not _unset

    def remove_section(self, section):
        return self._sections.pop(section, _unset) is not _unset

    def write(self, fp, space_around_delimiters=True):
        d = f" {self._delimiters[0]} " if space_around_delimiters else self._delimiters[0]
        for name, values in ([(self.default_section, self._defaults)] if self._defaults else []) + list(self._sections.items()):
            fp.write(f"[{name}]\n")
            for k, v in values.items():
                fp.write(f"{k}\n" if v is None else f"{k}{d}" + str(v).replace("\n", "\n\t") + "\n")
            fp.write("\n")

    def __getitem__(self, name):
        if name != self.default_section and name not in self._sections:
            raise KeyError(name)
        return SectionProxy(self, name)

    def __setitem__(self, name, values):
        if name != self.default_section:
            self._sections[name] = {}
        self.read_dict({name: values})

    def __delitem__(self, name):
        if name not in self._sections:
            raise KeyError(name)
        self.remove_section(name)

    def __contains__(self, name):
        return name == self.default_section or name in self._sections

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return iter([self.default_section] + list(self._sections))

    keys = __iter__


class ConfigParser(RawConfigParser):
    _default = BasicInterpolation

    def set(self, section, option, value=None):
        if value is not None and not isinstance(value, str):
            raise TypeError("option values must be strings")
        super().set(section, option, value)


SafeConfigParser = ConfigParser


class SectionProxy:
    def __init__(self, parser, name):
        self.parser, self.name = parser, name

    def __repr__(self):
        return f"<Section: {self.name}>"

    def __getitem__(self, key):
        if not self.parser.has_option(self.name, key):
            raise KeyError(key)
        return self.parser.get(self.name, key)

    def __setitem__(self, key, value):
        self.parser.set(self.name, key, value)

    def __delitem__(self, key):
        if not self.parser.has_option(self.name, key):
            raise KeyError(key)
        self.parser.remove_option(self.name, key)

    def __contains__(self, key):
        return self.parser.has_option(self.name, key)

    def _options(self):
        p = self.parser
        return list(p._defaults) if self.name == p.default_section else p.options(self.name)

    def __iter__(self):
        return iter(self._options())

    def __len__(self):
        return len(self._options())

    def keys(self):
        return list(self)

    def values(self):
        return [self[k] for k in self]

    def items(self):
        return [(k, self[k]) for k in self]

    def get(self, option, fallback=None, *, raw=False, vars=None, **kw):
        return self.parser.get(self.name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, **kw):
        return self.parser.getint(self.name, option, fallback=fallback, **kw)

    def getfloat(self, option, fallback=None, **kw):
        return self.parser.getfloat(self.name, option, fallback=fallback, **kw)

    def getboolean(self, option, fallback=None, **kw):
        return self.parser.getboolean(self.name, option, fallback=fallback, **kw)
