import os, tempfile, glob, fnmatch, errno
from pathlib import *
import pathlib
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
p = PurePath("/a/b.tar.gz")
t(lambda: p); t(lambda: (p.name, p.stem, p.suffix, p.suffixes, p.parent, list(p.parents), p.parts, p.root, p.anchor, p.drive)); t(lambda: p.relative_to("/a")); t(lambda: p.relative_to("/x")); t(lambda: p.is_relative_to("/a")); t(lambda: p.match("*.gz")); t(lambda: p.match("/a/*.gz")); t(lambda: p.match("x/*.gz"))
t(lambda: p.with_suffix(".zip")); t(lambda: p.with_stem("z")); t(lambda: p.with_name("q.txt")); t(lambda: p.with_suffix("zip")); t(lambda: PurePath("/").with_name("x")); t(lambda: p.as_uri()); t(lambda: p / "c" / PurePath("d")); t(lambda: "x" / PurePath("y")); t(lambda: p / 3); t(lambda: PurePath("a//b/./c/")); t(lambda: PurePath()); t(lambda: PurePath("..", "a").parts); t(lambda: PurePath(".bashrc").suffix); t(lambda: PurePath("a.").suffix); t(lambda: PurePath("a/b") < PurePath("a/c")); t(lambda: PurePath("a") == "a"); t(lambda: Path("x")); t(lambda: isinstance(Path("x"), PosixPath)); t(lambda: PurePath("a").joinpath("b", "/c")); t(lambda: os.fspath(Path("a"))); t(lambda: bytes(Path("a"))); t(lambda: hash(Path("a")) == hash(Path("a"))); t(lambda: isinstance(Path("a"), os.PathLike)); t(lambda: PurePosixPath("a") == PurePath("a"))
d = Path(tempfile.mkdtemp())
def rel(x): return str(x).replace(str(d), "D")
(d / "s" / "deep").mkdir(parents=True); (d / "f.txt").write_text("hello\n"); (d / "s" / "g.txt").write_bytes(b"abc"); (d / "s" / "deep" / "h.py").touch(); (d / ".hid").touch()
t(lambda: sorted(map(rel, d.glob("*.txt")))); t(lambda: sorted(map(rel, d.rglob("*.txt")))); t(lambda: sorted(map(rel, d.glob("**/*")))); t(lambda: sorted(map(rel, d.glob("s/*/h.py")))); t(lambda: sorted(map(rel, d.iterdir()))); t(lambda: sorted(map(rel, d.glob("**"))))
def mk(): (d / "s").mkdir()
t(lambda: (d / "f.txt").stat().st_size); t(lambda: (d / "f.txt").is_file()); t(lambda: (d / "s").is_dir()); t(lambda: (d / "s").mkdir(exist_ok=True)); t(lambda: rel((d / "f.txt").rename(d / "r.txt"))); t(lambda: (d / "f.txt").exists())
for f in (mk, lambda: (d / "no" / "x").mkdir(), lambda: (d / "nope").unlink(), lambda: (d / "s").rmdir(), lambda: (d / "nope").read_text(), lambda: (d / "nope").stat(), lambda: os.listdir(d / "nope"), lambda: os.remove(d / "s")):
    try: f()
    except OSError as e: print(type(e).__name__, e.errno, errno.errorcode[e.errno], e.strerror, rel(e.filename), rel(e))
(d / "nope").unlink(missing_ok=True); (d / "ln").symlink_to(d / "r.txt"); t(lambda: (d / "ln").is_symlink()); t(lambda: rel((d / "ln").readlink())); t(lambda: (d / "ln").resolve() == (d / "r.txt").resolve()); t(lambda: (d / "ln").samefile(d / "r.txt")); t(lambda: oct((d / "r.txt").stat().st_mode)); (d / "r.txt").chmod(0o600); t(lambda: oct(os.stat(d / "r.txt").st_mode & 0o777)); t(lambda: (d / "ln").lstat().st_size == len(str(d / "r.txt")))
t(lambda: sorted((rel(a), sorted(b), sorted(c)) for a, b, c in os.walk(d))); t(lambda: [rel(a) for a, b, c in os.walk(d / "s", topdown=False)]); t(lambda: sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink()) for e in os.scandir(d)))
with os.scandir(d) as it: t(lambda: sorted(rel(e.path) for e in it))
os.utime(d / "r.txt", (10, 20)); t(lambda: (os.path.getmtime(d / "r.txt"), os.path.getatime(d / "r.txt"), os.stat(d / "r.txt").st_mtime_ns, os.stat(d / "r.txt")[8], len(os.stat(d))))
t(lambda: os.path.commonpath(["/a/b/c", "/a/b/d"])); t(lambda: os.path.commonprefix(["abc", "abd"])); t(lambda: os.path.commonpath(["a", "/b"])); t(lambda: os.path.splitdrive("/a")); t(lambda: os.path.islink(d / "ln")); t(lambda: os.path.lexists(d / "x")); t(lambda: os.path.samefile(d, d)); t(lambda: os.path.ismount("/")); t(lambda: os.path.normcase("A")); t(lambda: os.path.relpath("/a/b", "/a/c")); t(lambda: os.path.realpath(d / "s" / ".." / "ln") == os.path.realpath(d / "r.txt"))
os.makedirs(d / "m" / "n", exist_ok=True); os.makedirs(d / "m" / "n", exist_ok=True); t(lambda: rel(os.listdir(d / "m"))); os.removedirs(d / "m" / "n"); t(lambda: (d / "m").exists()); t(lambda: os.access(d, os.R_OK)); os.truncate(d / "r.txt", 2); t(lambda: (d / "r.txt").read_text()); t(lambda: os.cpu_count() > 0); t(lambda: os.strerror(2)); t(lambda: os.fsencode("é")); t(lambda: os.fsdecode(b"a")); t(lambda: type(os.uname()).__name__); t(lambda: os.uname().sysname); old = os.umask(0o22); t(lambda: os.umask(old)); t(lambda: os.replace(d / "r.txt", d / "f.txt")); t(lambda: os.getuid() == os.geteuid()); t(lambda: (os.O_CREAT, os.SEEK_END, os.pardir, os.extsep, os.altsep)); t(lambda: os.link(d / "f.txt", d / "hard")); t(lambda: os.stat(d / "hard").st_nlink)
t(lambda: sorted(map(rel, glob.glob(str(d / "*"))))); t(lambda: sorted(map(rel, glob.glob(str(d / "**" / "*.txt"), recursive=True)))); t(lambda: sorted(glob.glob("**", root_dir=d, recursive=True))); t(lambda: sorted(glob.glob("*/", root_dir=d))); t(lambda: sorted(glob.glob("*", root_dir=d, include_hidden=True))); t(lambda: glob.escape("a[*]?")); t(lambda: glob.glob(str(d / "none*"))); t(lambda: sorted(map(rel, glob.iglob(str(d / "s" / "?.txt")))))
for pat in ("*.py", "a?c", "[a-c]x", "[!a]x", "*a*b", "[", "a[]]b", "", "*"): print(pat, [n for n in ("x.py", "abc", "bx", "dx", "xaxxb", "[", "a]b", "") if fnmatch.fnmatchcase(n, pat)])
t(lambda: fnmatch.filter(["a.py", "b.txt"], "*.py")); t(lambda: fnmatch.fnmatch("A", "a"))
import shutil, io
e = Path(tempfile.mkdtemp(prefix="pre", suffix="suf")); t(lambda: (e.name.startswith("pre"), e.name.endswith("suf"), oct(e.stat().st_mode)))
def rel2(x): return str(x).replace(str(e), "E").replace(str(d), "D")
t(lambda: rel2(shutil.copytree(d / "s", e / "s", ignore=shutil.ignore_patterns("*.py")))); t(lambda: sorted(map(rel2, e.rglob("*")))); t(lambda: rel2(shutil.copy(d / "f.txt", e))); t(lambda: rel2(shutil.copy2(d / "f.txt", e / "g"))); t(lambda: os.stat(e / "g").st_mtime == os.stat(d / "f.txt").st_mtime); t(lambda: rel2(shutil.move(str(e / "g"), str(e / "s")))); 
for f in (lambda: shutil.copyfile(e / "f.txt", e / "f.txt"), lambda: shutil.copytree(d / "s", e / "s"), lambda: shutil.rmtree(e / "zz")):
    try: f()
    except OSError as x: print(type(x).__name__, rel2(x))
a, b = io.BytesIO(b"abc"), io.BytesIO(); shutil.copyfileobj(a, b); t(lambda: b.getvalue()); t(lambda: shutil.which("sh") is not None); t(lambda: shutil.which("no-such-thing")); t(lambda: shutil.disk_usage("/").total > 0); t(lambda: type(shutil.get_terminal_size()).__name__); t(lambda: rel2(shutil.copytree(d / "s", e / "s", dirs_exist_ok=True)))
t(lambda: rel2(shutil.make_archive(str(e / "z"), "zip", str(d / "s")))); (e / "out").mkdir(); shutil.unpack_archive(str(e / "z.zip"), str(e / "out")); t(lambda: sorted(map(rel2, (e / "out").rglob("*")))); t(lambda: rel2(shutil.make_archive(str(e / "z"), "gztar", str(d / "s"))))
shutil.rmtree(d); t(lambda: d.exists()); shutil.rmtree(e / "zz", ignore_errors=True)
with tempfile.TemporaryDirectory() as td: t(lambda: os.path.isdir(td))
t(lambda: os.path.exists(td))
with tempfile.NamedTemporaryFile("w+", suffix=".x") as f: f.write("hi"); f.seek(0); t(lambda: (f.read(), f.name.endswith(".x"), os.path.exists(f.name)))
t(lambda: os.path.exists(f.name))
with tempfile.TemporaryFile() as f: f.write(b"q"); f.seek(0); t(lambda: f.read())
with tempfile.SpooledTemporaryFile(max_size=3, mode="w+") as f: f.write("ab"); f.write("cd"); f.seek(0); t(lambda: f.read())
t(lambda: tempfile.gettempprefix()); t(lambda: tempfile.gettempdir() == str(Path(td).parent)); shutil.rmtree(e)
