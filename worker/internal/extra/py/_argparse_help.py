"""The texts of usage and help."""
import textwrap
from argparse import ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE


def _metavar(a, default):
    if a.metavar is not None:
        return a.metavar
    if a.choices is not None:
        return "{" + ",".join(map(str, a.choices)) + "}"
    return default


def _args(a, default):
    m = _metavar(a, default)
    names = m if isinstance(m, tuple) else None
    one = names[0] if names else m
    if a.nargs is None:
        return one
    if a.nargs == OPTIONAL:
        return f"[{one}]"
    if a.nargs == ZERO_OR_MORE:
        return f"[{one} ...]" if not names or len(names) == 1 else f"[{names[0]} [{names[1]} ...]]"
    if a.nargs == ONE_OR_MORE:
        return f"{one} [{names[1] if names else one} ...]"
    if a.nargs == REMAINDER:
        return "..."
    if a.nargs == PARSER:
        return f"{one} ..."
    if a.nargs == SUPPRESS:
        return ""
    return " ".join(names or [one] * a.nargs)


def _part(a):
    if not a.option_strings:
        s = _args(a, a.dest)
        return s
    if a.nargs == 0:
        s = a.format_usage()
    else:
        s = f"{a.option_strings[0]} {_args(a, a.dest.upper())}"
    return s if a.required else f"[{s}]"


def _usage_parts(parser, actions):
    parts, done = [], []
    for a in actions:
        if a.help is SUPPRESS or a in done:
            continue
        group = next((g for g in parser._exclusive if a in g._group_actions and g._group_actions[0] is a), None)
        if group and len(group._group_actions) > 1:
            inner = " | ".join(p[1:-1] if (p := _part(x)).startswith("[") and x.option_strings else p for x in group._group_actions if x.help is not SUPPRESS)
            parts.append(f"({inner})" if group.required else f"[{inner}]")
            done += group._group_actions
        else:
            parts.append(_part(a))
    return parts


def usage(parser):
    if parser.usage is SUPPRESS:
        return ""
    if parser.usage is not None:
        return "usage: " + parser.usage.replace("%(prog)s", parser.prog) + "\n"
    options = _usage_parts(parser, [a for a in parser._actions if a.option_strings])
    positionals = _usage_parts(parser, [a for a in parser._actions if not a.option_strings])
    width = parser.formatter_class(prog=parser.prog).width
    text = " ".join([parser.prog] + options + positionals)
    if len("usage: ") + len(text) > width:
        text = _wrapped(parser.prog, options, positionals, width)
    return "usage: " + text + "\n"


def _lines(parts, indent, prefix, width):
    lines, line = [], []
    length = (len(prefix) if prefix is not None else len(indent)) - 1
    for p in parts:
        if length + 1 + len(p) > width and line:
            lines.append(indent + " ".join(line))
            line, length = [], len(indent) - 1
        line.append(p)
        length += len(p) + 1
    if line:
        lines.append(indent + " ".join(line))
    if prefix is not None and lines:
        lines[0] = lines[0][len(indent):]
    return lines


def _wrapped(prog, options, positionals, width):
    if len("usage: ") + len(prog) <= 0.75 * width:
        indent = " " * (len("usage: ") + len(prog) + 1)
        if options:
            lines = _lines([prog] + options, indent, "usage: ", width)
            lines += _lines(positionals, indent, None, width)
        else:
            lines = _lines([prog] + positionals, indent, "usage: ", width)
        return "\n".join(lines)
    indent = " " * len("usage: ")
    lines = _lines(options + positionals, indent, None, width)
    if len(lines) > 1:
        lines = _lines(options, indent, None, width) + _lines(positionals, indent, None, width)
    return "\n".join([prog] + lines)


def _invocation(a):
    if not a.option_strings:
        m = _metavar(a, a.dest)
        return m if isinstance(m, str) else " ".join(m)
    if a.nargs == 0:
        return ", ".join(a.option_strings)
    args = _args(a, a.dest.upper())
    return ", ".join(f"{o} {args}" for o in a.option_strings)


def _expanded(parser, fmt, a):
    params = {k: v for k, v in vars(a).items() if v is not SUPPRESS}
    params["prog"] = parser.prog
    for k, v in list(params.items()):
        if hasattr(v, "__name__"):
            params[k] = v.__name__
    if params.get("choices") is not None:
        params["choices"] = ", ".join(map(str, params["choices"]))
    return fmt.default_help(a) % params


def _entry(parser, fmt, a, column):
    head = "  " + _invocation(a)
    if not a.help:
        return head + "\n"
    body = _expanded(parser, fmt, a)
    width = max(fmt.width - column, 11)
    lines = body.splitlines() if type(fmt).__name__ == "RawTextHelpFormatter" else textwrap.wrap(" ".join(body.split()), width)
    if len(head) <= column - 2:
        out = head.ljust(column) + (lines[0] if lines else "") + "\n"
        lines = lines[1:]
    else:
        out = head + "\n"
    return out + "".join(" " * column + line + "\n" for line in lines)


def help_text(parser):
    fmt = parser.formatter_class(prog=parser.prog)
    sections = [usage(parser)]
    if parser.description:
        sections.append(fmt.wrap(parser.description.replace("%(prog)s", parser.prog)) + "\n")
    shown = [a for a in parser._actions if a.help is not SUPPRESS]
    longest = max([len(_invocation(a)) + 2 for a in shown], default=0)
    column = min(longest + 2, fmt.max_help_position)
    for g in parser._action_groups:
        entries = "".join(_entry(parser, fmt, a, column) for a in g._members if a.help is not SUPPRESS)
        if not entries and not g.description:
            continue
        text = f"{g.title}:\n" if g.title else ""
        if g.description:
            text += textwrap.indent(fmt.wrap(g.description), "  ") + "\n" + ("\n" if entries else "")
        sections.append(text + entries)
    if parser.epilog:
        sections.append(fmt.wrap(parser.epilog.replace("%(prog)s", parser.prog)) + "\n")
    return "\n".join(sections)
