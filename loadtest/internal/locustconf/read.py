"""Print, as one line of JSON, what Locust's settings files, LOCUST_ variables and the arguments given here set."""

import argparse
import json
import sys

from locust import argument_parser

LABELS = {"environment_variables": "variable"}

arguments = sys.argv[1:]
parser = argument_parser.get_parser()
options, _ = parser.parse_known_args(arguments)


def value(action):
    return None if action is None else getattr(options, action.dest, None)


settings = []
for source, items in parser._source_to_settings.items():
    if source in ("command_line", "defaults"):
        continue
    label = LABELS.get(source) or source.split("|", 1)[-1]
    for key, (action, text) in items.items():
        settings.append({"source": label, "key": key, "text": str(text), "dest": action.dest if action else "", "value": value(action)})

# What the arguments themselves set: the same parser, without its defaults, files and variables.
for action in parser._actions:
    action.default = argparse.SUPPRESS
for dest in vars(argparse.ArgumentParser.parse_known_args(parser, arguments)[0]):
    action = next(action for action in parser._actions if action.dest == dest)
    if action.option_strings:
        key, text = action.option_strings[-1], getattr(options, dest, "")
        settings.append({"source": "argument", "key": key, "text": str(text), "dest": dest, "value": getattr(options, dest, None)})

known = sorted({action.dest for action in parser._actions})
print(json.dumps({"settings": settings, "known": known}, default=str))
