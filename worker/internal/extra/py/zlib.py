import _extra_compress as _go
from _extra_compress import adler32, crc32
from http_errors import ZlibError as error

DEFLATED, MAX_WBITS, DEF_MEM_LEVEL = 8, 15, 8
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH = 0, 0, 2, 3, 4


def _kind(wbits):
    return "gzip" if wbits > 15 else "raw" if wbits < 0 else "zlib"


def _open(data, wbits):
    kind = _kind(wbits)
    if wbits >= 40:
        kind = "gzip" if data[:2] == b"\x1f\x8b" else "zlib"
    r = _go.inflate(kind, data)
    if r == "incomplete":
        return None
    if isinstance(r, str):
        raise error("Error -3 while decompressing data: " + ("incorrect header check" if "header" in r else "invalid block type" if "corrupt" in r else "incorrect data check"))
    return r


def compress(data, /, level=-1, wbits=15):
    return _go.deflate(_kind(wbits), data, level)


def decompress(data, /, wbits=15, bufsize=16384):
    r = _open(data, wbits)
    if r is None:
        raise error("Error -5 while decompressing data: incomplete or truncated stream")
    return r[0]


class _Compress:
    def __init__(self, level, wbits):
        self._level, self._wbits, self._data = level, wbits, b""

    def compress(self, data):
        self._data += data
        return b""

    def flush(self, mode=4):
        return compress(self._data, self._level, self._wbits)


class _Decompress:
    def __init__(self, wbits):
        self._wbits, self._data, self.eof, self.unused_data, self.unconsumed_tail = wbits, b"", False, b"", b""

    def decompress(self, data, max_length=0):
        if self.eof:
            self.unused_data += data
            return b""
        self._data += data
        r = _open(self._data, self._wbits)
        if r is None:
            return b""
        out, self.unused_data = r
        self.eof = True
        return out

    def flush(self, length=0):
        return b""


def compressobj(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None):
    return _Compress(level, wbits)


def decompressobj(wbits=15, zdict=b""):
    return _Decompress(wbits)
