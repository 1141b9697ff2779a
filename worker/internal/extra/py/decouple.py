"""python-decouple: settings from the environment, .env and settings.ini."""
import os
import shlex
import _logging_go
from configparser import ConfigParser

_true, _false = ("y", "yes", "t", "true", "on", "1"), ("n", "no", "f", "false", "off", "0")


def strtobool(value):
    if isinstance(value, bool):
        return value
    value = value.lower()
    if value in _true:
        return True
    if value in _false:
        return False
    raise ValueError("Invalid truth value: " + value)


class UndefinedValueError(Exception):
    pass


class Undefined:
    pass


undefined = Undefined()


class RepositoryEmpty:
    def __init__(self, source="", encoding="UTF-8"):
        pass

    def __contains__(self, key):
        return False

    def __getitem__(self, key):
        return None


class RepositoryIni(RepositoryEmpty):
    SECTION = "settings"

    def __init__(self, source, encoding="UTF-8"):
        self.parser = ConfigParser()
        with open(source, encoding=encoding) as f:
            self.parser.read_file(f)

    def __contains__(self, key):
        return key in os.environ or self.parser.has_option(self.SECTION, key)

    def __getitem__(self, key):
        return self.parser.get(self.SECTION, key)


class RepositoryEnv(RepositoryEmpty):
    def __init__(self, source, encoding="UTF-8"):
        self.data = {}
        with open(source, encoding=encoding) as f:
            for line in f:
                line = line.strip()
                if not line or line.startswith("#") or "=" not in line:
                    continue
                k, v = (x.strip() for x in line.split("=", 1))
                if len(v) >= 2 and v[0] == v[-1] and v[0] in "'\"":
                    v = v[1:-1]
                self.data[k] = v

    def __contains__(self, key):
        return key in os.environ or key in self.data

    def __getitem__(self, key):
        return self.data[key]


class Config:
    def __init__(self, repository):
        self.repository = repository

    def get(self, option, default=undefined, cast=undefined):
        if option in os.environ:
            value = os.environ[option]
        elif option in self.repository:
            value = self.repository[option]
        else:
            if default is undefined:
                raise UndefinedValueError(f"{option} not found. Declare it as envvar or define a default value.")
            value = default
        if cast is undefined:
            return value
        if cast is bool:
            return bool(value) and strtobool(value) if isinstance(value, str) else bool(value)
        return cast(value)

    __call__ = get


class AutoConfig:
    SUPPORTED = {"settings.ini": RepositoryIni, ".env": RepositoryEnv}
    encoding = "UTF-8"

    def __init__(self, search_path=None):
        self.search_path, self.config = search_path, None

    def _find(self, path):
        while True:
            for name, kind in self.SUPPORTED.items():
                file = os.path.join(path, name)
                if os.path.isfile(file):
                    return kind(file, self.encoding)
            if os.path.dirname(path) == path:
                return RepositoryEmpty()
            path = os.path.dirname(path)

    def __call__(self, option, default=undefined, cast=undefined):
        if self.config is None:
            file = _logging_go.where()[0]
            self.config = Config(self._find(os.path.abspath(self.search_path or os.path.dirname(file) or ".")))
        return self.config.get(option, default, cast)


config = AutoConfig()


class Csv:
    def __init__(self, cast=str, delimiter=",", strip=" \t\n\r\v\f", post_process=list):
        self.cast, self.delimiter, self.strip, self.post_process = cast, delimiter, strip, post_process

    def __call__(self, value):
        if value is None:
            return self.post_process()
        words = shlex.shlex(value, posix=True)
        words.whitespace, words.whitespace_split = self.delimiter, True
        return self.post_process(self.cast(w.strip(self.strip)) for w in words)


class Choices:
    def __init__(self, flat=None, cast=str, choices=None):
        self.flat, self.cast = flat or [], cast
        self._valid = list(self.flat) + [c[0] for c in choices or []]

    def __call__(self, value):
        value = self.cast(value)
        if value not in self._valid:
            raise ValueError(f"Value not in list: {value!r}; valid values are {self._valid!r}")
        return value
