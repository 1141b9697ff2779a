"""Command lines: options, positionals, groups, types, choices and sub-commands, with CPython's error texts."""
import os
import sys

SUPPRESS = "==SUPPRESS=="
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = "?", "*", "+", "A...", "..."


class Namespace:
    def __init__(self, **kwargs):
        for k, v in kwargs.items():
            setattr(self, k, v)

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        return "Namespace(" + ", ".join(f"{k}={v!r}" if k.isidentifier() else f"**{{{k!r}: {v!r}}}" for k, v in self.__dict__.items()) + ")"


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name, self.message = _display(argument), message

    def __str__(self):
        return self.message if self.argument_name is None else f"argument {self.argument_name}: {self.message}"


class ArgumentTypeError(Exception):
    pass


def _display(action):
    if action is None:
        return None
    if action.option_strings:
        return "/".join(action.option_strings)
    if action.metavar not in (None, SUPPRESS):
        return action.metavar
    if action.dest not in (None, SUPPRESS):
        return action.dest
    return None


class FileType:
    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        self._mode, self._encoding, self._errors = mode, encoding, errors

    def __call__(self, string):
        if string == "-":
            return sys.stdin if "r" in self._mode else sys.stdout
        try:
            return open(string, self._mode, encoding=self._encoding, errors=self._errors)
        except OSError as e:
            raise ArgumentTypeError(f"can't open '{string}': {e}")


class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        self.option_strings, self.dest, self.nargs, self.const, self.default = option_strings, dest, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar = type, choices, required, help, metavar

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")

    def format_usage(self):
        return self.option_strings[0]

    def __repr__(self):
        names = ("option_strings", "dest", "nargs", "const", "default", "type", "choices", "required", "help", "metavar")
        return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in names)})"


class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, **kw):
        if nargs == 0:
            raise ValueError("nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate")
        super().__init__(option_strings, dest, nargs, **kw)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, nargs=0, const=const, default=default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)


class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        names = []
        for s in option_strings:
            names.append(s)
            if s.startswith("--"):
                names.append("--no-" + s[2:])
        super().__init__(names, dest, nargs=0, default=default, type=type, choices=choices, required=required, help=help, metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            setattr(namespace, self.dest, not option_string.startswith("--no-"))

    def format_usage(self):
        return " | ".join(self.option_strings)


class _AppendAction(_StoreAction):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, list(getattr(namespace, self.dest, None) or []) + [values])


class _ExtendAction(_StoreAction):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, list(getattr(namespace, self.dest, None) or []) + list(values))


class _AppendConstAction(_StoreConstAction):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, list(getattr(namespace, self.dest, None) or []) + [self.const])


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, nargs=0, default=default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, nargs=0, default=default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help="show program's version number and exit"):
        super().__init__(option_strings, dest, nargs=0, default=default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        sys.stdout.write((self.version or parser.version).replace("%(prog)s", parser.prog) + "\n")
        parser.exit()


class _SubParsersAction(Action):
    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog, self._class, self._name_parser_map = prog, parser_class, {}
        super().__init__(option_strings, dest, nargs=PARSER, choices=self._name_parser_map, required=required, help=help, metavar=metavar)

    def add_parser(self, name, aliases=(), help=None, **kw):
        kw.setdefault("prog", f"{self._prog} {name}")
        parser = self._class(**kw)
        for n in (name, *aliases):
            self._name_parser_map[n] = parser
        return parser

    def __call__(self, parser, namespace, values, option_string=None):
        name, rest = values[0], values[1:]
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        sub, extra = self._name_parser_map[name].parse_known_args(rest, None)
        for k, v in vars(sub).items():
            setattr(namespace, k, v)
        if extra:
            vars(namespace).setdefault("_unrecognized_args", []).extend(extra)


_actions = {
    None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction, "store_true": _StoreTrueAction, "store_false": _StoreFalseAction,
    "append": _AppendAction, "append_const": _AppendConstAction, "count": _CountAction, "help": _HelpAction, "version": _VersionAction, "extend": _ExtendAction,
}


class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        self.prog, self.max_help_position = prog, max_help_position
        self.width = width or int(os.environ.get("COLUMNS") or 80) - 2

    def wrap(self, text):
        import textwrap
        return textwrap.fill(" ".join(text.split()), self.width)

    def default_help(self, action):
        return action.help


class RawDescriptionHelpFormatter(HelpFormatter):
    def wrap(self, text):
        return text


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def default_help(self, action):
        text = action.help
        if text and "%(default)" not in text and action.default is not SUPPRESS and (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class _Container:
    """What takes arguments: a parser or a group of one."""

    def add_argument(self, *args, **kw):
        parser = self._parser
        if not args or (len(args) == 1 and args[0][0] not in parser.prefix_chars):
            if args and "dest" in kw:
                raise ValueError("dest supplied twice for positional argument")
            dest = args[0] if args else kw.pop("dest")
            if kw.get("nargs") in (OPTIONAL, ZERO_OR_MORE):
                kw["required"] = kw.get("nargs") == ZERO_OR_MORE and "default" not in kw
            elif kw.get("nargs") != REMAINDER:
                kw["required"] = True
            kw["dest"], names = dest, []
        else:
            names = list(args)
            for n in names:
                if n[0] not in parser.prefix_chars:
                    raise ValueError(f"invalid option string {n!r}: must start with a character {parser.prefix_chars!r}")
            if kw.get("dest") is None:
                long = [n for n in names if len(n) > 2 and n[1] in parser.prefix_chars]
                dest = (long or names)[0].lstrip(parser.prefix_chars)
                if not dest:
                    raise ValueError(f"dest= is required for options like {names[0]!r}")
                kw["dest"] = dest.replace("-", "_")
        if "default" not in kw:
            if kw["dest"] in parser._defaults:
                kw["default"] = parser._defaults[kw["dest"]]
            elif parser.argument_default is not None:
                kw["default"] = parser.argument_default
        action = kw.pop("action", None)
        cls = action if isinstance(action, type) else _actions.get(action)
        if cls is None:
            raise ValueError(f'unknown action "{action}"')
        if not names and cls in (_StoreTrueAction, _StoreFalseAction, _StoreConstAction, _AppendConstAction, _CountAction):
            kw.pop("required", None)
        env = {k: kw.pop(k) for k in ("env_var", "include_in_web_ui", "is_secret", "is_required", "is_config_file_arg", "write_out_config_file_arg") if k in kw}
        a = cls(names, **kw)
        a.env_var = env.get("env_var")
        a.include_in_web_ui, a.is_secret, a.is_required = env.get("include_in_web_ui", True), env.get("is_secret", False), env.get("is_required", False)
        if a.type is not None and not callable(a.type):
            raise ValueError(f"{a.type!r} is not callable")
        return self._add_action(a)

    add = add_arg = add_argument

    def _add_action(self, action):
        parser = self._parser
        for n in action.option_strings:
            if n in parser._options:
                if parser.conflict_handler == "resolve":
                    old = parser._options[n]
                    old.option_strings.remove(n)
                    if not old.option_strings:
                        parser._actions.remove(old)
                        for g in parser._action_groups:
                            if old in g._members:
                                g._members.remove(old)
                else:
                    clash = [x for x in action.option_strings if x in parser._options]
                    raise ArgumentError(action, f"conflicting option string{'s' if len(clash) > 1 else ''}: {', '.join(clash)}")
            parser._options[n] = action
        parser._actions.append(action)
        group = self
        if group is parser:
            group = parser._optionals if action.option_strings else parser._positionals
        group._members.append(action)
        return action

    def set_defaults(self, **kw):
        self._parser._defaults.update(kw)
        for a in self._parser._actions:
            if a.dest in kw:
                a.default = kw[a.dest]

    def get_default(self, dest):
        for a in self._parser._actions:
            if a.dest == dest and a.default is not None:
                return a.default
        return self._parser._defaults.get(dest)

    def add_argument_group(self, title=None, description=None, **kw):
        g = _Group(self._parser, title, description)
        self._parser._action_groups.append(g)
        return g

    def add_mutually_exclusive_group(self, required=False):
        g = _Exclusive(self, required)
        self._parser._exclusive.append(g)
        return g


class _Group(_Container):
    def __init__(self, parser, title, description=None):
        self._parser, self.title, self.description, self._members = parser, title, description, []


class _Exclusive(_Container):
    def __init__(self, host, required):
        self._parser, self._host, self.required, self._group_actions, self._members = host._parser, host, required, [], []

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._group_actions.append(action)
        return self._host._add_action(action)


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter, prefix_chars="-",
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True, allow_abbrev=True, exit_on_error=True, **kw):
        self._parser = self
        self.prog = prog or os.path.basename(sys.argv[0])
        self.usage, self.description, self.epilog, self.formatter_class = usage, description, epilog, formatter_class
        self.prefix_chars, self.argument_default, self.conflict_handler = prefix_chars, argument_default, conflict_handler
        self.fromfile_prefix_chars, self.add_help, self.allow_abbrev, self.exit_on_error = fromfile_prefix_chars, add_help, allow_abbrev, exit_on_error
        self._actions, self._options, self._defaults, self._exclusive, self._subparsers = [], {}, {}, [], None
        self._positionals, self._optionals = _Group(self, "positional arguments"), _Group(self, "options")
        self._action_groups = [self._positionals, self._optionals]
        if add_help:
            c = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(c + "h", c * 2 + "help", action="help", default=SUPPRESS, help="show this help message and exit")
        for p in parents:
            self._defaults.update(p._defaults)
            for g in p._action_groups:
                mine = next((x for x in self._action_groups if x.title == g.title), None) or self.add_argument_group(g.title, g.description)
                for a in g._members:
                    mine._add_action(a)

    def add_subparsers(self, title=None, description=None, prog=None, parser_class=None, action=None, option_strings=(), dest=SUPPRESS, required=False, help=None, metavar=None):
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        group = self.add_argument_group(title or "subcommands", description) if title or description else self
        self._subparsers = _SubParsersAction([], prog or self.prog, parser_class or type(self), dest, required, help, metavar)
        group._add_action(self._subparsers)
        return self._subparsers

    def parse_args(self, args=None, namespace=None):
        ns, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: " + " ".join(rest))
        return ns

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        ns = Namespace() if namespace is None else namespace
        for a in self._actions:
            if a.dest is not SUPPRESS and a.default is not SUPPRESS and not hasattr(ns, a.dest):
                setattr(ns, a.dest, a.default)
        for k, v in self._defaults.items():
            if not hasattr(ns, k):
                setattr(ns, k, v)
        if not self.exit_on_error:
            return _Run(self, ns).parse(args)
        try:
            return _Run(self, ns).parse(args)
        except ArgumentError as e:
            self.error(str(e))

    parse_intermixed_args, parse_known_intermixed_args = parse_args, parse_known_args

    def convert_arg_line_to_args(self, line):
        return [line]

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n")

    def exit(self, status=0, message=None):
        if message:
            sys.stderr.write(message)
        sys.exit(status)

    def format_usage(self):
        from _argparse_help import usage
        return usage(self)

    def format_help(self):
        from _argparse_help import help_text
        return help_text(self)

    def print_usage(self, file=None):
        (file or sys.stdout).write(self.format_usage())

    def print_help(self, file=None):
        (file or sys.stdout).write(self.format_help())


class _Run:
    """One parse of a command line."""

    def __init__(self, parser, ns):
        self.parser, self.ns, self.extras, self.seen, self.given = parser, ns, [], [], []

    def parse(self, args):
        args = self._from_files(args)
        self.positionals = [a for a in self.parser._actions if not a.option_strings]
        i, kinds = 0, self._kinds(args)
        while i < len(args):
            i = self._take_positionals(args, kinds, i)
            if i < len(args):
                if kinds[i] == "O":
                    i = self._take_option(args, kinds, i)
                else:
                    self.extras.append(args[i])
                    i += 1
        self._take_positionals(args, kinds, i)
        self._check_required()
        self.extras += vars(self.ns).pop("_unrecognized_args", [])
        return self.ns, self.extras

    def _from_files(self, args):
        chars, out = self.parser.fromfile_prefix_chars, []
        for a in args:
            if chars and a and a[0] in chars:
                try:
                    with open(a[1:]) as f:
                        for line in f.read().splitlines():
                            out += self._from_files(self.parser.convert_arg_line_to_args(line))
                except OSError as e:
                    raise ArgumentError(None, str(e))
            else:
                out.append(a)
        return out

    def _kinds(self, args):
        """O an option, A an argument, - the double dash."""
        kinds = []
        for i, a in enumerate(args):
            if a == "--":
                return kinds + ["-"] + ["A"] * (len(args) - i - 1)
            kinds.append("O" if self._find(a) else "A")
        return kinds

    def _find(self, arg):
        """Returns (action, option string, value or None) of an option; the action of an unknown one is None."""
        p = self.parser
        if not arg or arg[0] not in p.prefix_chars:
            return None
        if arg in p._options:
            return p._options[arg], arg, None
        if len(arg) == 1:
            return None
        name, eq, value = arg.partition("=")
        if eq and name in p._options:
            return p._options[name], name, value
        found = self._abbreviated(arg)
        if len(found) > 1:
            raise ArgumentError(None, f"ambiguous option: {arg} could match {', '.join(f[1] for f in found)}")
        if found:
            return found[0]
        if _negative(arg) and not any(_negative(o) for o in p._options):
            return None
        if " " in arg:
            return None
        return None, arg, None

    def _abbreviated(self, arg):
        p = self.parser
        if arg[1] in p.prefix_chars:
            if not p.allow_abbrev:
                return []
            name, eq, value = arg.partition("=")
            return [(p._options[o], o, value if eq else None) for o in p._options if o.startswith(name)]
        short = arg[:2]
        out = []
        for o in p._options:
            if o == short:
                out.append((p._options[o], o, arg[2:]))
            elif o.startswith(arg):
                out.append((p._options[o], o, None))
        return out

    def _take_option(self, args, kinds, i):
        action, name, value = self._find(args[i])
        if action is None:
            self.extras.append(args[i])
            return i + 1
        while value is not None and action.nargs == 0:
            if name[1] in self.parser.prefix_chars or not value:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            self._apply(action, [], name)
            name, value = name[0] + value[0], value[1:] or None
            if name not in self.parser._options:
                raise ArgumentError(action, f"ignored explicit argument {(name[1:] + (value or ''))!r}")
            action = self.parser._options[name]
            if action.nargs != 0 and value and value[0] == "=":
                value = value[1:]
        if value is not None:
            if _count(action.nargs, 1) != 1:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            self._apply(action, [value], name)
            return i + 1
        n = 0
        while i + 1 + n < len(args) and (kinds[i + 1 + n] == "A" or action.nargs in (REMAINDER, PARSER)):
            n += 1
        took = _count(action.nargs, n)
        if took is None:
            raise ArgumentError(action, _wanted(action.nargs))
        self._apply(action, args[i + 1:i + 1 + took], name)
        return i + 1 + took

    def _take_positionals(self, args, kinds, i):
        run = 0
        while i + run < len(args) and kinds[i + run] != "O":
            run += 1
        words = [j for j in range(i, i + run) if kinds[j] == "A"]
        counts = _share([a.nargs for a in self.positionals], len(words), i + run >= len(args))
        taken = 0
        for action, n in zip(list(self.positionals), counts):
            if action.nargs in (PARSER, REMAINDER) and (n or action.nargs == REMAINDER):
                start = words[taken] if taken < len(words) else i + run
                self.positionals.remove(action)
                self._apply(action, args[start:])
                return len(args)
            self.positionals.remove(action)
            self._apply(action, [args[j] for j in words[taken:taken + n]])
            taken += n
        if taken == len(words):
            return i + run
        return words[taken]

    def _apply(self, action, words, name=None):
        self.seen.append(action)
        value = self._value(action, words)
        if value is not action.default or action.option_strings:
            self.given.append(action)
            for g in self.parser._exclusive:
                if action in g._group_actions:
                    for other in g._group_actions:
                        if other is not action and other in self.given:
                            raise ArgumentError(action, f"not allowed with argument {_display(other)}")
        if value is not SUPPRESS:
            action(self.parser, self.ns, value, name)

    def _value(self, action, words):
        if action.nargs not in (PARSER, REMAINDER) and "--" in words:
            words.remove("--")
        if not words and action.nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            return self._checked(action, self._convert(action, value)) if isinstance(value, str) else value
        if not words and action.nargs == ZERO_OR_MORE and not action.option_strings:
            return action.default if action.default is not None else words
        if len(words) == 1 and action.nargs in (None, OPTIONAL):
            return self._checked(action, self._convert(action, words[0]))
        if action.nargs == PARSER:
            self._checked(action, words[0])
        if action.nargs in (REMAINDER, PARSER):
            return [self._convert(action, w) for w in words]
        return [self._checked(action, self._convert(action, w)) for w in words]

    def _convert(self, action, word):
        if action.type is None:
            return word
        try:
            return action.type(word)
        except ArgumentTypeError as e:
            raise ArgumentError(action, str(e))
        except (TypeError, ValueError):
            raise ArgumentError(action, f"invalid {getattr(action.type, '__name__', repr(action.type))} value: {word!r}")

    def _checked(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, f"invalid choice: {value!r} (choose from {', '.join(map(repr, action.choices))})")
        return value

    def _check_required(self):
        missing = []
        for a in self.parser._actions:
            if a in self.seen:
                continue
            if a.required:
                missing.append(_display(a) if not isinstance(a, _SubParsersAction) else _display(a) or "{" + ",".join(a.choices) + "}")
            elif isinstance(a.default, str) and getattr(self.ns, a.dest, None) is a.default:
                setattr(self.ns, a.dest, self._convert(a, a.default))
        if missing:
            raise ArgumentError(None, "the following arguments are required: " + ", ".join(missing))
        for g in self.parser._exclusive:
            if g.required and not any(a in self.given for a in g._group_actions):
                names = [_display(a) for a in g._group_actions if a.help is not SUPPRESS]
                raise ArgumentError(None, f"one of the arguments {' '.join(names)} is required")


def _negative(s):
    body = s[1:]
    return s[0] == "-" and body.replace(".", "", 1).isdigit() and not body.endswith(".")


def _count(nargs, n):
    """How many of n words an argument takes; None is too few."""
    if nargs is None:
        return 1 if n else None
    if nargs == OPTIONAL:
        return min(n, 1)
    if nargs in (ZERO_OR_MORE, REMAINDER):
        return n
    if nargs in (ONE_OR_MORE, PARSER):
        return n or None
    if nargs == SUPPRESS:
        return 0
    return nargs if n >= nargs else None


def _wanted(nargs):
    if nargs is None:
        return "expected one argument"
    if nargs == OPTIONAL:
        return "expected at most one argument"
    if nargs == ONE_OR_MORE:
        return "expected at least one argument"
    return f"expected {nargs} argument{'' if nargs == 1 else 's'}"


def _least(nargs):
    if nargs in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS):
        return 0
    return nargs if isinstance(nargs, int) else 1


def _share(nargs, n, last):
    """How many words each of the next positionals takes: as many positionals as possible, the first ones greedy."""
    counts = []
    for k in range(len(nargs), 0, -1):
        if sum(_least(x) for x in nargs[:k]) <= n:
            left = n
            for j, x in enumerate(nargs[:k]):
                spare = left - sum(_least(y) for y in nargs[j + 1:k])
                counts.append(_count(x, spare) if _count(x, spare) is not None else 0)
                left -= counts[-1]
            break
    if n == 0 and not last:
        while counts and counts[-1] == 0:
            counts.pop()
    return counts
