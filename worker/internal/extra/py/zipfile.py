import builtins
import io
import os
import struct
import time
import zlib

ZIP_STORED, ZIP_DEFLATED = 0, 8


class BadZipFile(Exception):
    pass


BadZipfile = error = BadZipFile


class ZipInfo:
    def __init__(self, filename="NoName", date_time=(1980, 1, 1, 0, 0, 0)):
        self.filename, self.date_time, self.compress_type, self.file_size, self.compress_size, self.CRC = filename, date_time, ZIP_STORED, 0, 0, 0
        self.header_offset, self.external_attr = 0, 0

    def is_dir(self):
        return self.filename.endswith("/")


class ZipFile:
    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, compresslevel=None):
        self.filename = file if isinstance(file, str) else None
        self.mode, self.compression, self._level, self.filelist, self.closed = mode, compression, compresslevel, [], False
        self._own = not hasattr(file, "read") and not hasattr(file, "write")
        self._data, self._packed = b"", {}
        self._file = builtins.open(file, {"r": "rb", "a": "rb", "w": "wb", "x": "xb"}[mode]) if self._own else file
        if mode in ("r", "a"):
            self._file.seek(0)
            self._data = self._file.read()
            self._directory()
            if mode == "a":
                for z in self.filelist:
                    self._packed[z.filename] = self._body(z)
                if self._own:
                    self._file.close()
                    self._file = builtins.open(file, "wb")

    def _directory(self):
        end = self._data.rfind(b"PK\x05\x06")
        if end < 0 or len(self._data) < end + 22:
            raise BadZipFile("File is not a zip file")
        count, size, at = struct.unpack("<HLL", self._data[end + 10:end + 20])
        shift = end - size - at
        at += shift
        for _ in range(count):
            if self._data[at:at + 4] != b"PK\x01\x02":
                raise BadZipFile("Bad magic number for central directory")
            flags, method, t, d, crc, packed, full, n, extra, comment, _, _, attr, offset = struct.unpack("<HHHHLLLHHHHHLL", self._data[at + 8:at + 46])
            raw = self._data[at + 46:at + 46 + n]
            z = ZipInfo(raw.decode("utf-8" if flags & 0x800 else "cp437" if any(b > 127 for b in raw) else "ascii"))
            z.date_time = (d >> 9) + 1980, d >> 5 & 15, d & 31, t >> 11, t >> 5 & 63, (t & 31) * 2
            z.compress_type, z.CRC, z.compress_size, z.file_size, z.header_offset, z.external_attr = method, crc, packed, full, offset + shift, attr
            self.filelist.append(z)
            at += 46 + n + extra + comment

    def _body(self, z):
        n, extra = struct.unpack("<HH", self._data[z.header_offset + 26:z.header_offset + 30])
        start = z.header_offset + 30 + n + extra
        return self._data[start:start + z.compress_size]

    def namelist(self):
        return [z.filename for z in self.filelist]

    def infolist(self):
        return list(self.filelist)

    def getinfo(self, name):
        for z in self.filelist:
            if z.filename == name:
                return z
        raise KeyError(f"There is no item named {name!r} in the archive")

    def read(self, name, pwd=None):
        z = name if isinstance(name, ZipInfo) else self.getinfo(name)
        body = self._packed[z.filename] if z.filename in self._packed else self._body(z)
        if z.compress_type == ZIP_DEFLATED:
            body = zlib.decompress(body, -15)
        elif z.compress_type != ZIP_STORED:
            raise NotImplementedError("That compression method is not supported")
        if zlib.crc32(body) != z.CRC:
            raise BadZipFile(f"Bad CRC-32 for file {z.filename!r}")
        return body

    def open(self, name, mode="r", pwd=None, **kw):
        if mode == "r":
            return io.BytesIO(self.read(name))
        return _Entry(self, name)

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        z = zinfo_or_arcname if isinstance(zinfo_or_arcname, ZipInfo) else ZipInfo(zinfo_or_arcname, time.localtime()[:6])
        data = data.encode() if isinstance(data, str) else data
        z.compress_type = self.compression if compress_type is None else compress_type
        z.CRC, z.file_size = zlib.crc32(data), len(data)
        level = self._level if self._level is not None else -1
        body = zlib.compress(data, level, -15) if z.compress_type == ZIP_DEFLATED else data
        z.compress_size = len(body)
        self._packed[z.filename] = body
        self.filelist.append(z)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        with builtins.open(filename, "rb") as f:
            self.writestr((arcname or str(filename)).lstrip("/"), f.read(), compress_type)

    def extract(self, member, path=None, pwd=None):
        name = member.filename if isinstance(member, ZipInfo) else member
        parts = [p for p in name.split("/") if p not in ("", ".", "..")]
        target = os.path.join(path or ".", *parts)
        if name.endswith("/"):
            os.makedirs(target, exist_ok=True)
            return target
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        with builtins.open(target, "wb") as f:
            f.write(self.read(name))
        return target

    def extractall(self, path=None, members=None, pwd=None):
        for m in members or self.namelist():
            self.extract(m, path)

    def testzip(self):
        for z in self.filelist:
            try:
                self.read(z)
            except BadZipFile:
                return z.filename

    def close(self):
        if self.closed:
            return
        self.closed = True
        if self.mode != "r":
            self._save()
        if self._own:
            self._file.close()

    def _save(self):
        out, central = b"", b""
        for z in self.filelist:
            name, body = z.filename.encode(), self._packed[z.filename]
            y, mo, d, h, mi, s = z.date_time
            common = struct.pack("<HHHHLLLH", 0x800 if not name.isascii() else 0, z.compress_type, h << 11 | mi << 5 | s // 2, (y - 1980) << 9 | mo << 5 | d, z.CRC, len(body), z.file_size, len(name))
            central += b"PK\x01\x02" + struct.pack("<HH", 0x314, 20) + common + struct.pack("<HHHHLL", 0, 0, 0, 0, z.external_attr or 0o600 << 16, len(out)) + name
            out += b"PK\x03\x04" + struct.pack("<H", 20) + common + struct.pack("<H", 0) + name + body
        n = len(self.filelist)
        if self.mode == "a" and not self._own:
            self._file.seek(0)
            self._file.truncate()
        self._file.write(out + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, n, n, len(central), len(out), 0))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class _Entry(io.BytesIO):
    def __init__(self, zf, name):
        self._zip, self._name = zf, name

    def close(self):
        if self._zip is not None:
            self._zip.writestr(self._name, self.getvalue())
            self._zip = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def is_zipfile(filename):
    try:
        ZipFile(filename).close()
        return True
    except (BadZipFile, OSError):
        return False
