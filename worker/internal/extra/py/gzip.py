import builtins
import io
import zlib


class BadGzipFile(OSError):
    pass


def compress(data, compresslevel=9, *, mtime=None):
    return zlib.compress(data, compresslevel, 31)


def decompress(data):
    if not data:
        return b""
    if data[:2] != b"\x1f\x8b":
        raise BadGzipFile(f"Not a gzipped file ({data[:2]!r})")
    r = zlib._open(data, 31)
    if r is None:
        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
    return r[0]


class GzipFile(io.BytesIO):
    def __init__(self, filename=None, mode="rb", compresslevel=9, fileobj=None, mtime=None):
        self._mode, self._level, self._own = mode, compresslevel, fileobj is None
        self._file = builtins.open(filename, mode if "b" in mode else mode + "b") if fileobj is None else fileobj
        if "r" in mode:
            self.write(decompress(self._file.read()))
            self.seek(0)

    def close(self):
        if self._file is None:
            return
        f, self._file = self._file, None
        if "r" not in self._mode:
            f.write(compress(self.getvalue(), self._level))
        if self._own:
            f.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class _Text:
    """A text view of a GzipFile."""

    def __init__(self, f, encoding):
        self._f, self._encoding = f, encoding or "utf-8"
        self._lines = io.StringIO(f.getvalue().decode(self._encoding)) if "r" in f._mode else None

    def write(self, s):
        self._f.write(s.encode(self._encoding))
        return len(s)

    def __getattr__(self, name):
        return getattr(self._lines, name)

    def __iter__(self):
        return iter(self._lines)

    def close(self):
        self._f.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    plain = mode.replace("t", "")
    f = GzipFile(None if hasattr(filename, "read") or hasattr(filename, "write") else filename, plain, compresslevel, filename if hasattr(filename, "read") else None)
    return _Text(f, encoding) if "t" in mode else f
