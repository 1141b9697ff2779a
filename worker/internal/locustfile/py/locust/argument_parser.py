# The command line (locust/argument_parser.py). The worker has read it before the file was loaded; here it is read again where the
# file adds options of its own. What the master sends with a test counts for those.
import argparse
import difflib

import locust._worker as _worker
from locust._defaults import DEFAULTS, options
from locust.util.timespan import parse_timespan

version = _worker.version
DEFAULT_CONFIG_FILES = ("~/.locust.conf", "locust.conf", "pyproject.toml")


class _Problem(SystemExit):
    """A command line that cannot be used: the worker says so and ends."""


class LocustArgumentParser(argparse.ArgumentParser):
    _origins = None

    def error(self, message):
        if "unrecognized arguments:" in message:
            bad = message.split("unrecognized arguments:")[1].strip().split()[0]
            names = [name for action in self._actions for name in action.option_strings]
            near = difflib.get_close_matches(bad, names, n=1)
            if near:
                message += f"\nDid you mean '{near[0]}'?"
        if self._origins is None:
            self.exit(2, f"{self.prog}: error: {message}\n")
        problem = _Problem(2)
        problem.text = message
        problem.origin = next((place for name, place in self._origins.items() if _speaks_of(message, name)), "")
        raise problem

    def add_argument(self, *args, **kwargs):
        env_var = kwargs.pop("env_var", None)
        config = kwargs.pop("is_config_file_arg", None)
        shown = {
            name: kwargs.pop(name, name == "include_in_web_ui")
            for name in ("include_in_web_ui", "is_secret", "is_required", "is_multiple")
        }
        action = super().add_argument(*args, **kwargs)
        action.env_var, action.is_config_file_arg = env_var, config
        for name, value in shown.items():
            setattr(action, name, value)
        return action

    def add_argument_group(self, *args, **kwargs):
        group = super().add_argument_group(*args, **kwargs)
        group.add_argument = self.add_argument
        return group

    def parse(self, args=None):
        return self.parse_args(args)

    def _shown(self, flag):
        return {a.dest: a for a in self._actions if getattr(a, "include_in_web_ui", False) and getattr(a, flag)}

    @property
    def args_included_in_web_ui(self):
        return self._shown("include_in_web_ui")

    @property
    def secret_args_included_in_web_ui(self):
        return self._shown("is_secret")

    @property
    def required_args_included_in_web_ui(self):
        return self._shown("is_required")

    @property
    def multiple_args_included_in_web_ui(self):
        return self._shown("is_multiple")


def _speaks_of(message, name):
    if message.startswith("argument "):
        return name in message[len("argument ") :].split(":")[0].split("/")
    return message.startswith("unrecognized arguments: " + name)


def timespan(time_str):
    try:
        return parse_timespan(time_str)
    except ValueError as e:
        raise argparse.ArgumentTypeError(str(e))


def positive_integer(string):
    try:
        value = int(string)
    except ValueError:
        raise argparse.ArgumentTypeError(f"invalid int value: '{string}'")
    if value < 1:
        raise argparse.ArgumentTypeError(f"Invalid --expect-workers argument ({value}), must be a positive number")
    return value


def default_args_dict():
    return vars(options())


def get_empty_argument_parser(add_help=True, default_config_files=DEFAULT_CONFIG_FILES):
    parser = LocustArgumentParser(prog="locust", add_help=add_help)
    _add(parser, lambda dest: dest in ("locustfile", "config"))
    return parser


def setup_parser_arguments(parser):
    _add(parser, lambda dest: dest not in ("locustfile", "config", "help"))


def _add(parser, wanted):
    for names, dest, nargs, env_var, default in _worker.option_table():
        if not wanted(dest):
            continue
        if not names:
            action = parser.add_argument(dest, nargs=nargs, default=default)
        elif nargs == "0":
            action = parser.add_argument(*names, dest=dest, action="store_true", default=default, env_var=env_var)
        else:
            action = parser.add_argument(*names, dest=dest, nargs=nargs or None, default=default, env_var=env_var)
        action.is_locusts = True


def _get_parser():
    parser = get_empty_argument_parser()
    setup_parser_arguments(parser)
    return parser


def get_parser(default_config_files=DEFAULT_CONFIG_FILES):
    from locust import events

    parser = _get_parser()
    events.init_command_line_parser.fire(parser=parser)
    return parser


def parse(parser):
    own = [a for a in parser._actions if a.option_strings and not getattr(a, "is_locusts", False) and a.dest != "help"]
    words, parser._origins = _worker.merge([_described(a) for a in own])
    try:
        parsed = vars(parser.parse_args(words))
    finally:
        parser._origins = None
    parsed.update(_worker.given_options())  # those of Locust's own, with their types
    return options(parsed)


def _described(action):
    nargs = action.nargs
    if nargs == 0:
        nargs = "0"
    elif nargs is not None and not isinstance(nargs, str):
        nargs = "+"  # a number of them: a list may be given all the same
    appends = isinstance(action, (argparse._AppendAction,))
    return list(action.option_strings), getattr(action, "env_var", None) or "", nargs or "", appends
