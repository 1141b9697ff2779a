import io as _io
import os as _os
import shutil as _shutil

import _os_go as _go

template, tempdir, TMP_MAX = "tmp", None, 238328


def gettempdir():
    global tempdir
    if tempdir is None:
        named = [_os.environ.get(n) for n in ("TMPDIR", "TEMP", "TMP")]
        tempdir = next(_os.path.abspath(d) for d in [*named, "/tmp", "/var/tmp", "/usr/tmp", _os.getcwd()] if d and _os.path.isdir(d))
    return tempdir


def gettempdirb():
    return _os.fsencode(gettempdir())


def gettempprefix():
    return template


def gettempprefixb():
    return _os.fsencode(template)


def _new(make, suffix, prefix, dir):
    """Makes something under a name that nobody has."""
    dir = gettempdir() if dir is None else _os.fspath(dir)
    while True:
        raw = _os.urandom(8)
        name = (template if prefix is None else prefix) + "".join("abcdefghijklmnopqrstuvwxyz0123456789_"[b % 37] for b in raw) + (suffix or "")
        path = _os.path.abspath(_os.path.join(dir, name))
        try:
            make(path)
        except FileExistsError:
            continue
        return path


def mktemp(suffix="", prefix=template, dir=None):
    return _new(lambda path: None, suffix, prefix, dir)


def mkdtemp(suffix=None, prefix=None, dir=None):
    return _new(lambda path: _os.mkdir(path, 0o700), suffix, prefix, dir)


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name, self._ignore = mkdtemp(suffix, prefix, dir), ignore_cleanup_errors

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        _shutil.rmtree(self.name, ignore_errors=True)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"


class _TemporaryFileWrapper:
    """An open file that is removed when it is closed, if delete."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, exc, value, tb):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        if not self.file.closed:
            self.file.close()
            if self.delete:
                _os.unlink(self.name)


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None):
    name = _new(_go.create, suffix, prefix, dir)
    return _TemporaryFileWrapper(open(name, mode, buffering, encoding, errors, newline), name, delete)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    name = _new(_go.create, suffix, prefix, dir)
    file = open(name, mode, buffering, encoding, errors, newline)
    _os.unlink(name)
    return file


class SpooledTemporaryFile:
    """A file in memory until it is larger than max_size, then one on disk."""

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
        self._max, self._rolled, self._mode = max_size, False, mode
        self._file = _io.BytesIO() if "b" in mode else _io.StringIO()
        self._open = lambda: TemporaryFile(mode, buffering, encoding, newline, suffix, prefix, dir, errors=errors)

    def rollover(self):
        if not self._rolled:
            at, content, self._file = self._file.tell(), self._file.getvalue(), self._open()
            self._file.write(content)
            self._file.seek(at)
            self._rolled = True

    def write(self, s):
        n = self._file.write(s)
        if self._max and self._file.tell() > self._max:
            self.rollover()
        return n

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return iter(self._file)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    opened = []
    path = _new(lambda p: opened.append(_os.open(p, _os.O_RDWR | _os.O_CREAT | _os.O_EXCL, 0o600)), suffix, prefix, dir)
    return opened[0], path
