"""Writes what stock Locust makes of command lines: python record.py < cases.json > stock.json"""

import contextlib
import io
import json
import os
import sys
import tempfile

cases = json.load(sys.stdin)
os.environ = {k: v for k, v in os.environ.items() if not k.startswith("LOCUST_")} | {}  # noqa: B003

from locust import argument_parser  # noqa: E402


def custom(parser):
    parser.add_argument("--my-arg", env_var="MY_ARG", type=int, default=3)
    parser.add_argument("--many", nargs="*", env_var="MANY")
    parser.add_argument("--more", action="append")
    parser.add_argument("--on", action="store_true", env_var="ON")


def one(case):
    parser = argument_parser.get_empty_argument_parser()
    argument_parser.setup_parser_arguments(parser)
    if case.get("custom"):
        custom(parser)
    parser.prog = "locust"
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, text in case.get("files", {}).items():
            with open(name, "w") as f:
                f.write(text)
        errors = io.StringIO()
        try:
            env = {k: v for k, v in case.get("env", {}).items()}
            with contextlib.redirect_stderr(errors):
                parsed = vars(_parse(parser, case["args"], env))
            default = vars(_parse(parser, [], {}, files=False))
            return {"values": {k: v for k, v in parsed.items() if v != default[k]}}
        except SystemExit:
            return {"error": errors.getvalue().strip()}
        finally:
            os.chdir(before)


def _parse(parser, args, env, files=True):
    kept = parser._default_config_files
    if not files:
        parser._default_config_files = []
    try:
        return parser.parse_args(args, env_vars=env)
    finally:
        parser._default_config_files = kept


def table():
    parser = argument_parser.get_empty_argument_parser()
    argument_parser.setup_parser_arguments(parser)
    return [
        {"names": a.option_strings, "dest": a.dest, "nargs": a.nargs, "default": a.default, "env": a.env_var, "kind": type(a).__name__,
         "type": getattr(a.type, "__name__", None), "choices": a.choices}
        for a in parser._actions
    ]


os.environ["HOME"] = "/nonexistent"
json.dump({"table": table(), "cases": [one(c) for c in cases]}, sys.stdout, indent=1)
print()
