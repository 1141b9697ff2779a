# The options of a locustfile (locust/argument_parser.py). On a worker they have their defaults, and what the master sends.
import argparse
import os

from locust._defaults import options


class LocustArgumentParser(argparse.ArgumentParser):
    def add_argument(self, *args, **kwargs):
        env_var = kwargs.pop("env_var", None)
        shown = {
            name: kwargs.pop(name, name == "include_in_web_ui")
            for name in ("include_in_web_ui", "is_secret", "is_required", "is_multiple")
        }
        action = super().add_argument(*args, **kwargs)
        action.env_var = env_var
        for name, value in shown.items():
            setattr(action, name, value)
        return action

    def add_argument_group(self, *args, **kwargs):
        group = super().add_argument_group(*args, **kwargs)
        group.add_argument = self.add_argument
        return group

    def _shown(self, flag):
        return {a.dest: a for a in self._actions if getattr(a, "include_in_web_ui", False) and getattr(a, flag)}

    @property
    def args_included_in_web_ui(self):
        return self._shown("include_in_web_ui")

    @property
    def secret_args_included_in_web_ui(self):
        return self._shown("is_secret")


def parse(parser):
    # Environment variables count as in ConfigArgParse: as if they were on the command line.
    given = []
    for action in parser._actions:
        value = os.environ.get(getattr(action, "env_var", None) or "")
        if value is None or not action.option_strings:
            continue
        flag = action.option_strings[-1]
        if action.nargs == 0:
            given += [flag] if value.lower() in ("true", "yes", "1") else []
        elif action.nargs in ("*", "+") or isinstance(action.nargs, int):
            given += [flag, *value.strip("[]").split(",")]
        else:
            given.append(f"{flag}={value}")
    return options(vars(parser.parse_args(given)))
