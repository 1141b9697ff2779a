import fnmatch as _fnmatch
import os


class PurePath:
    def __init__(self, *parts):
        path = os.path.join(*[os.fspath(p) for p in parts]) if parts else "."
        if not isinstance(path, str):
            raise TypeError(f"argument should be a str or an os.PathLike object where __fspath__ returns a str, not {type(path).__name__!r}")
        lead = "//" if path.startswith("//") and not path.startswith("///") else "/" if path.startswith("/") else ""
        self._s = lead + "/".join(p for p in path.split("/") if p not in ("", ".")) or "."

    def __fspath__(self):
        return self._s

    def __str__(self):
        return self._s

    def __bytes__(self):
        return os.fsencode(self._s)

    def __repr__(self):
        return f"{self.__class__.__name__}({self._s!r})"

    def __truediv__(self, other):
        try:
            return self.__class__(self._s, other)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, other):
        try:
            return self.__class__(other, self._s)
        except TypeError:
            return NotImplemented

    def __eq__(self, other):
        return self._s == other._s if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._s)

    @property
    def drive(self):
        return ""

    @property
    def root(self):
        return self._s[:len(self._s) - len(self._s.lstrip("/"))]

    anchor = root

    @property
    def parts(self):
        return tuple([self.root] * bool(self.root) + [p for p in self._s.split("/") if p and p != "."])

    @property
    def name(self):
        parts = self.parts
        return parts[-1] if parts and parts[-1] != self.root else ""

    @property
    def stem(self):
        name, i = self.name, self.name.rfind(".")
        return name[:i] if 0 < i < len(name) - 1 else name

    @property
    def suffix(self):
        return self.name[len(self.stem):]

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + s for s in name.lstrip(".").split(".")[1:]]

    @property
    def parent(self):
        parts = self.parts
        return self if parts in ((), (self.root,)) else self.__class__(*parts[:-1])

    @property
    def parents(self):
        out, p = [], self
        while p.parent != p:
            p = p.parent
            out.append(p)
        return out

    def as_posix(self):
        return self._s

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote
        return "file://" + quote(self._s)

    def is_absolute(self):
        return self._s.startswith("/")

    def is_reserved(self):
        return False

    def joinpath(self, *other):
        return self.__class__(self._s, *other)

    def _named(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self.__class__(*self.parts[:-1], name)

    def with_suffix(self, suffix):
        if "/" in suffix or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self._named(self.stem + suffix)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_name(self, name):
        if not name or "/" in name or name == ".":
            if self.name:
                raise ValueError(f"Invalid name {name!r}")
        return self._named(name)

    def relative_to(self, *other):
        if not other:
            raise TypeError("need at least one argument")
        other = self.__class__(*other)
        n = len(other.parts)
        if self.parts[:n] != other.parts:
            raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r} OR one path is relative and the other is absolute.")
        return self.__class__(*self.parts[n:])

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    def match(self, path_pattern):
        if not path_pattern:
            raise ValueError("empty pattern")
        pattern, own = PurePath(path_pattern), self.parts
        wanted = pattern.parts
        if pattern.root and len(wanted) != len(own) or len(wanted) > len(own):
            return False
        return all(_fnmatch.fnmatchcase(a, b) for a, b in zip(own[::-1], wanted[::-1]))

    def __class_getitem__(cls, item):
        return cls


class PurePosixPath(PurePath):
    pass


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
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {data.__class__.__name__}")
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def write_bytes(self, data):
        with self.open("wb") as f:
            return f.write(data)

    def stat(self, *, follow_symlinks=True):
        return os.stat(self._s, follow_symlinks=follow_symlinks)

    def lstat(self):
        return os.lstat(self._s)

    def exists(self):
        return os.path.exists(self._s)

    def is_file(self):
        return os.path.isfile(self._s)

    def is_dir(self):
        return os.path.isdir(self._s)

    def is_symlink(self):
        return os.path.islink(self._s)

    def is_mount(self):
        return os.path.ismount(self._s)

    def _kind(self, bits):
        return self.exists() and self.stat().st_mode & 0o170000 == bits

    def is_fifo(self):
        return self._kind(0o010000)

    def is_socket(self):
        return self._kind(0o140000)

    def is_block_device(self):
        return self._kind(0o060000)

    def is_char_device(self):
        return self._kind(0o020000)

    def samefile(self, other_path):
        return os.path.samefile(self._s, other_path)

    def resolve(self, strict=False):
        return self.__class__(os.path.realpath(self._s, strict=strict))

    def absolute(self):
        return self if self.is_absolute() else self.__class__(os.getcwd(), self._s)

    def expanduser(self):
        return self.__class__(os.path.expanduser(self._s))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self._s, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists():
            if not exist_ok:
                raise FileExistsError(17, "File exists", self._s)
            os.utime(self._s)
            return
        self.open("a").close()

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self._s)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        os.rmdir(self._s)

    def rename(self, target):
        os.rename(self._s, target)
        return self.__class__(target)

    def replace(self, target):
        os.replace(self._s, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self._s)

    def hardlink_to(self, target):
        os.link(target, self._s)

    def readlink(self):
        return self.__class__(os.readlink(self._s))

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self._s, mode)

    def iterdir(self):
        return (self / n for n in os.listdir(self._s))

    def glob(self, pattern):
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        if pattern.startswith("/"):
            raise NotImplementedError("Non-relative patterns are unsupported")
        seen = set()
        for p in self._select(PurePath(pattern).parts):
            if p not in seen:
                seen.add(p)
                yield p

    def rglob(self, pattern):
        return self.glob("**/" + pattern)

    def _select(self, parts):
        """The paths below that match the parts of a pattern."""
        if not parts:
            if self.exists() or self.is_symlink():
                yield self
            return
        first, rest = parts[0], parts[1:]
        if first == "**":
            for folder, _, _ in os.walk(self._s):
                yield from self.__class__(folder)._select(rest)
        elif not any(c in first for c in "*?["):
            yield from (self / first)._select(rest)
        elif self.is_dir():
            for name in os.listdir(self._s):
                if _fnmatch.fnmatchcase(name, first) and (not rest or (self / name).is_dir()):
                    yield from (self / name)._select(rest)


class PosixPath(Path):
    pass


def _concrete(cls, concrete):
    """Path() makes a PosixPath, as PurePath() makes a PurePosixPath."""
    def new(kind, *args, **kwargs):
        return object.__new__(concrete if kind is cls else kind)
    cls.__new__ = staticmethod(new)


_concrete(PurePath, PurePosixPath)
_concrete(Path, PosixPath)
