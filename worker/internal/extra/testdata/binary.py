import gzip
import io
import os
import struct
import tarfile
import tempfile
import zipfile
import zlib

for f, vals in ((">IhB", (1, -2, 3)), ("<qQ?d", (-(2**63), 2**64 - 1, True, 1.5)), ("=3sx2H", (b"ab", 1, 2)), ("!4s5p", (b"abcdef", b"hello world")), ("@bi", (1, 2)), ("@bq", (1, 2)), ("<f", (0.1,)), (">e", (1.5,)), ("<c", (b"x",)), ("<lL", (-1, 1)), ("bh0i", (1, 2)), ("2h", (1, 2)), ("", ())):
    b = struct.pack(f, *vals)
    print(f, b, struct.calcsize(f), struct.unpack(f, b))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: struct.pack("B", 256))
attempt(lambda: struct.pack("<H", -1))
attempt(lambda: struct.pack("<i", 2**31))
attempt(lambda: struct.pack("<i", "x"))
attempt(lambda: struct.pack("<d", "x"))
attempt(lambda: struct.pack("ii", 1))
attempt(lambda: struct.unpack("<i", b"abc"))
attempt(lambda: struct.pack("z", 1))
attempt(lambda: struct.pack("c", b"xx"))
attempt(lambda: struct.pack("3s", "abc"))
attempt(lambda: struct.unpack_from("<H", b"abcd", 3))
print(struct.unpack_from("<H", b"abcd", 1), list(struct.iter_unpack("<H", b"abcd")), struct.Struct("<HH").size, struct.Struct("<HH").pack(1, 2))
data = b"hello hello hello " * 20
for level in (0, 1, 9, -1):
    print(zlib.decompress(zlib.compress(data, level)) == data, len(zlib.compress(data, level)) < 400)
print(zlib.crc32(b"abc"), zlib.adler32(b"abc"), zlib.crc32(b"c", zlib.crc32(b"ab")), zlib.adler32(b"c", zlib.adler32(b"ab")))
attempt(lambda: zlib.decompress(b"nope"))
attempt(lambda: zlib.decompress(zlib.compress(data)[:-5]))
d = zlib.decompressobj()
print(d.decompress(zlib.compress(data)) == data, d.eof)
print(gzip.decompress(gzip.compress(data)) == data, gzip.compress(b"x")[:2])
attempt(lambda: gzip.decompress(b"plain"))
print(gzip.decompress(bytes.fromhex("1f8b0800000000000203cb48cdc9c907008 6a61036 05000000".replace(" ", ""))))
print(zlib.decompress(bytes.fromhex("789ccb48cdc9c907000 62c0215".replace(" ", ""))))
with tempfile.TemporaryDirectory() as d:
    name = os.path.join(d, "a.gz")
    with gzip.open(name, "wb") as f:
        f.write(data)
    with gzip.open(name) as f:
        print(f.read() == data)
    with gzip.open(name, "wt") as f:
        f.write("line 1\nline 2\n")
    with gzip.open(name, "rt") as f:
        print([line for line in f])
    z = os.path.join(d, "a.zip")
    with zipfile.ZipFile(z, "w", zipfile.ZIP_DEFLATED) as f:
        f.writestr("x/one.txt", "one " * 50)
        f.writestr("two.bin", b"\x00\x01", compress_type=zipfile.ZIP_STORED)
    with zipfile.ZipFile(z) as f:
        print(f.namelist(), f.read("x/one.txt") == b"one " * 50, f.getinfo("two.bin").file_size, f.testzip())
        f.extractall(os.path.join(d, "out"))
        attempt(lambda: f.read("nope"))
    print(sorted(os.listdir(os.path.join(d, "out"))), open(os.path.join(d, "out", "x", "one.txt")).read()[:7])
    with zipfile.ZipFile(z, "a") as f:
        f.writestr("three", "3")
    print(zipfile.ZipFile(z).namelist(), zipfile.is_zipfile(z), zipfile.is_zipfile(name))
    t = os.path.join(d, "a.tar.gz")
    with tarfile.open(t, "w:gz") as f:
        f.add(os.path.join(d, "out"), arcname="root")
        info = tarfile.TarInfo("mem.txt")
        info.size = 3
        f.addfile(info, io.BytesIO(b"abc"))
    with tarfile.open(t) as f:
        print(f.getnames(), f.extractfile("mem.txt").read(), f.getmember("root").isdir())
        attempt(lambda: f.getmember("nope"))
b = io.BytesIO()
with zipfile.ZipFile(b, "w") as f:
    f.writestr("a", "b")
print(zipfile.ZipFile(io.BytesIO(b.getvalue())).read("a"))
attempt(lambda: zipfile.ZipFile(io.BytesIO(b"nope")))
