"""python-dotenv: KEY=value files."""
import os
import re
import sys
from collections import OrderedDict
import _logging_go

_line = re.compile(r"\s*(?:export[ \t]+)?(?:'([^']+)'|([^=\s#]+))[ \t]*(=)?[ \t]*")
_var = re.compile(r"\$\{([^}:]*)(?::-([^}]*))?\}")
_escapes = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _quoted(text, i):
    """Reads a quoted value at i; returns it and where it ends, or None."""
    quote, out = text[i], []
    i += 1
    while i < len(text):
        c = text[i]
        if c == "\\" and i + 1 < len(text):
            i += 1
            n = text[i]
            if quote == "'":
                out.append(n if n in "\\'" else "\\" + n)
            else:
                out.append(_escapes.get(n, n if n in "\\'\"" else "\\" + n))
        elif c == quote:
            return "".join(out), i + 1
        else:
            out.append(c)
        i += 1
    return None


def _bindings(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    i = 0
    while i < len(text):
        end = text.find("\n", i)
        end = len(text) if end < 0 else end
        if not text[i:end].strip() or text[i:end].lstrip().startswith("#"):
            i = end + 1
            continue
        m = _line.match(text[i:end])
        if not m:
            i = end + 1
            continue
        key, value = m.group(1) or m.group(2), None
        i += m.end()
        if m.group(3):
            if i < end and text[i] in "'\"":
                found = _quoted(text, i)
                if found is None:
                    i = end + 1
                    continue
                value, i = found
                end = text.find("\n", i)
                end = len(text) if end < 0 else end
            else:
                value = re.sub(r"\s+#.*", "", text[i:end]).rstrip()
        yield key, value
        i = end + 1


def _expand(value, env):
    return _var.sub(lambda m: env(m.group(1), m.group(2) or ""), value)


def _values(dotenv_path, stream, encoding, interpolate, override):
    text = ""
    if stream is not None:
        text = stream.read()
    elif dotenv_path and os.path.isfile(dotenv_path):
        with open(dotenv_path, encoding=encoding) as f:
            text = f.read()
    values = OrderedDict()

    def env(name, default):
        first, second = (values, os.environ) if override else (os.environ, values)
        v = first.get(name, second.get(name, default))
        return "" if v is None else v

    for key, value in _bindings(text):
        values[key] = _expand(value, env) if value is not None and interpolate else value
    return values


def find_dotenv(filename=".env", raise_error_if_not_found=False, usecwd=False):
    start = os.getcwd()
    if not usecwd:
        file = _logging_go.where()[0]
        if file and os.path.exists(file):
            start = os.path.dirname(os.path.abspath(file))
    while True:
        path = os.path.join(start, filename)
        if os.path.isfile(path):
            return path
        if os.path.dirname(start) == start:
            break
        start = os.path.dirname(start)
    if raise_error_if_not_found:
        raise OSError("File not found")
    return ""


def load_dotenv(dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True, encoding="utf-8"):
    if dotenv_path is None and stream is None:
        dotenv_path = find_dotenv()
    values = _values(dotenv_path, stream, encoding, interpolate, override)
    for k, v in values.items():
        if v is not None and (override or k not in os.environ):
            os.environ[k] = v
    return bool(values)


def dotenv_values(dotenv_path=None, stream=None, verbose=False, interpolate=True, encoding="utf-8"):
    if dotenv_path is None and stream is None:
        dotenv_path = find_dotenv()
    return _values(dotenv_path, stream, encoding, interpolate, True)


def get_key(dotenv_path, key_to_get, encoding="utf-8"):
    return dotenv_values(dotenv_path, encoding=encoding).get(key_to_get)
