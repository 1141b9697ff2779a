import _extra_compress as _go
import builtins
import gzip
import io
import os
import time


class TarError(Exception):
    pass


class ReadError(TarError):
    pass


class TarInfo:
    def __init__(self, name=""):
        self.name, self.size, self.mtime, self.mode, self._dir, self._data = name, 0, 0, 0o644, False, b""

    def isdir(self):
        return self._dir

    def isfile(self):
        return not self._dir

    isreg = isfile


class TarFile:
    def __init__(self, name=None, mode="r", fileobj=None):
        self.name, self._mode, self._gz = name, mode[0], mode.endswith("gz")
        self._own = fileobj is None
        self._file = builtins.open(name, "rb" if self._mode == "r" else "wb") if fileobj is None else fileobj
        self._members = []
        if self._mode == "r":
            self._load(self._file.read())

    def _load(self, data):
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        try:
            entries = _go.untar(data)
        except ValueError:
            raise ReadError("file could not be opened successfully") from None
        for name, folder, mode, mtime, content in entries:
            m = TarInfo(name.rstrip("/"))
            m._dir, m.mode, m.mtime, m._data, m.size = folder, mode, mtime, content, len(content)
            self._members.append(m)

    def getmembers(self):
        return list(self._members)

    def getnames(self):
        return [m.name for m in self._members]

    def getmember(self, name):
        for m in reversed(self._members):
            if m.name == name:
                return m
        raise KeyError(f"filename {name!r} not found")

    def __iter__(self):
        return iter(self._members)

    def extractfile(self, member):
        m = self.getmember(member) if isinstance(member, str) else member
        return None if m.isdir() else io.BytesIO(m._data)

    def extract(self, member, path="", **kw):
        m = self.getmember(member) if isinstance(member, str) else member
        if m.name.startswith("/") or ".." in m.name.split("/"):
            raise TarError(f"{m.name!r} would be extracted outside the destination")
        target = os.path.join(path or ".", m.name)
        if m.isdir():
            os.makedirs(target, exist_ok=True)
            return
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        with builtins.open(target, "wb") as f:
            f.write(m._data)

    def extractall(self, path=".", members=None, **kw):
        for m in members or self._members:
            self.extract(m, path)

    def addfile(self, tarinfo, fileobj=None):
        if fileobj is not None:
            tarinfo._data = fileobj.read(tarinfo.size)
        self._members.append(tarinfo)

    def add(self, name, arcname=None, recursive=True, **kw):
        m = TarInfo((arcname or str(name)).lstrip("/"))
        m.mtime = int(time.time())
        if os.path.isdir(name):
            m._dir, m.mode = True, 0o755
            self._members.append(m)
            if recursive:
                for n in sorted(os.listdir(name)):
                    self.add(os.path.join(name, n), m.name + "/" + n)
            return
        with builtins.open(name, "rb") as f:
            m._data = f.read()
        m.size = len(m._data)
        self._members.append(m)

    def gettarinfo(self, name=None, arcname=None, fileobj=None):
        m = TarInfo(arcname or name)
        m.size = os.path.getsize(name)
        return m

    def close(self):
        if self._file is None:
            return
        f, self._file = self._file, None
        if self._mode != "r":
            data = _go.tar([(m.name, m._dir, m.mode, int(m.mtime), m._data) for m in self._members])
            f.write(gzip.compress(data) if self._gz else data)
        if self._own:
            f.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def open(name=None, mode="r", fileobj=None, bufsize=10240, **kw):
    return TarFile(name, mode.replace("|", ":"), fileobj)


def is_tarfile(name):
    try:
        open(name).close()
        return True
    except (TarError, OSError, EOFError):
        return False
