import os


class PurePath:
    def __init__(self, *parts):
        path = os.path.join(*[os.fspath(p) for p in parts]) if parts else "."
        lead = "/" if path.startswith("/") else ""
        self._s = lead + "/".join(p for p in path.split("/") if p not in ("", ".")) or "."

    def __fspath__(self):
        return self._s

    def __str__(self):
        return self._s

    def __repr__(self):
        return f"PosixPath({self._s!r})"

    def __truediv__(self, other):
        return self.__class__(self._s, other)

    def __rtruediv__(self, other):
        return self.__class__(other, self._s)

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._s == other._s

    def __lt__(self, other):
        return self._s < other._s

    def __hash__(self):
        return hash(self._s)

    @property
    def name(self):
        return "" if self._s == "." else os.path.basename(self._s)

    @property
    def stem(self):
        return os.path.splitext(self.name)[0]

    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]

    @property
    def parent(self):
        return self.__class__(os.path.dirname(self._s) or ".")

    @property
    def parents(self):
        out, p = [], self
        while p.parent != p:
            p = p.parent
            out.append(p)
        return out

    @property
    def parts(self):
        return tuple(["/"] * self._s.startswith("/") + [p for p in self._s.split("/") if p])

    def as_posix(self):
        return self._s

    def is_absolute(self):
        return self._s.startswith("/")

    def joinpath(self, *other):
        return self.__class__(self._s, *other)

    def with_suffix(self, suffix):
        return self.__class__(os.path.splitext(self._s)[0] + suffix)

    def with_name(self, name):
        return self.parent / name


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser("~"))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._s, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as f:
            return f.read()

    def read_bytes(self):
        with self.open("rb") as f:
            return f.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with self.open("w", encoding=encoding, errors=errors) as f:
            return f.write(data)

    def write_bytes(self, data):
        with self.open("wb") as f:
            return f.write(data)

    def exists(self):
        return os.path.exists(self._s)

    def is_file(self):
        return os.path.isfile(self._s)

    def is_dir(self):
        return os.path.isdir(self._s)

    def resolve(self, strict=False):
        return self.__class__(os.path.realpath(self._s))

    absolute = resolve

    def expanduser(self):
        return self.__class__(os.path.expanduser(self._s))

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        if exist_ok and self.is_dir():
            return
        (os.makedirs if parents else os.mkdir)(self._s)

    def unlink(self, missing_ok=False):
        if missing_ok and not self.exists():
            return
        os.remove(self._s)

    def iterdir(self):
        return (self / n for n in os.listdir(self._s))

    def glob(self, pattern):
        import glob
        return (self.__class__(p) for p in glob.glob(os.path.join(self._s, pattern)))

    def touch(self, mode=438, exist_ok=True):
        self.open("a").close()


PosixPath = Path
PurePosixPath = PurePath
