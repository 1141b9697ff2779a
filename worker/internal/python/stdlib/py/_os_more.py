"""The part of os that is Python around _os_go."""
import _os_go as _go
from collections import namedtuple as _namedtuple
from types import SimpleNamespace as _SimpleNamespace

pardir, extsep, altsep, defpath = "..", ".", None, "/bin:/usr/bin"
SEEK_SET, SEEK_CUR, SEEK_END = range(3)
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
EX_OK, EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_UNAVAILABLE, EX_SOFTWARE, EX_OSERR, EX_IOERR, EX_TEMPFAIL, EX_CONFIG = 0, 64, 65, 66, 69, 70, 71, 74, 75, 78
supports_follow_symlinks, supports_fd, supports_dir_fd, supports_bytes_environ = set(), set(), set(), True
uname_result = _namedtuple("uname_result", "sysname nodename release version machine")
times_result = _namedtuple("times_result", "user system children_user children_system elapsed")
for _c in (uname_result, times_result):
    _c.__module__ = "posix"


class terminal_size(_namedtuple("terminal_size", "columns lines")):
    def __new__(cls, sequence):
        return cls._make(sequence)

    def __repr__(self):
        return f"os.terminal_size(columns={self.columns}, lines={self.lines})"


class stat_result(_namedtuple("stat_result", "st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime")):
    """What stat returns: a tuple of whole seconds, attributes with their fractions."""

    def __repr__(self):
        return "os.stat_result(" + ", ".join(f"{f}={v!r}" for f, v in zip(self._fields, self)) + ")"


def _times(name, i):
    return property(lambda self: self._more[i] / 1e9), property(lambda self: self._more[i])


for _i, _f in enumerate(("st_atime", "st_mtime", "st_ctime")):
    _seconds, _nanos = _times(_f, _i)
    setattr(stat_result, _f, _seconds)
    setattr(stat_result, _f + "_ns", _nanos)
for _i, _f in enumerate(("st_blksize", "st_blocks", "st_rdev"), 3):
    setattr(stat_result, _f, _times(_f, _i)[1])


def stat(path, *, follow_symlinks=True):
    values = _go.stat(path, bool(follow_symlinks))
    result = stat_result._make(values[:10])
    result._more = values[10:]
    return result


def lstat(path):
    return stat(path, follow_symlinks=False)


class DirEntry:
    def __init__(self, folder, name, is_dir, is_link):
        self.name, self.path, self._dir, self._link = name, name if folder == "" else folder.rstrip("/") + "/" + name if folder != "/" else "/" + name, is_dir, is_link

    def is_symlink(self):
        return self._link

    def is_dir(self, *, follow_symlinks=True):
        if self._link and follow_symlinks:
            import os
            return os.path.isdir(self.path)
        return self._dir

    def is_file(self, *, follow_symlinks=True):
        import os
        return os.path.isfile(self.path) and (follow_symlinks or not self._link)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return lstat(self.path).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class scandir:
    """The entries of a folder; a context manager, as CPython's is."""

    def __init__(self, path="."):
        import os
        folder = os.fspath(path)
        self._entries = iter([DirEntry(folder, *e) for e in _go.scan(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self._entries = iter(())


def walk(top, topdown=True, onerror=None, followlinks=False):
    import os
    top = os.fspath(top)
    try:
        entries = list(scandir(top))
    except OSError as e:
        if onerror is not None:
            onerror(e)
        return
    dirs, files = [e.name for e in entries if e.is_dir()], [e.name for e in entries if not e.is_dir()]
    if topdown:
        yield top, dirs, files
    for name in dirs:
        path = os.path.join(top, name)
        if followlinks or not os.path.islink(path):
            yield from walk(path, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


def mkdir(path, mode=0o777):
    _go.mkdir(path, mode)


def makedirs(name, mode=0o777, exist_ok=False):
    import os
    head, tail = os.path.split(name)
    if not tail:
        head, tail = os.path.split(head)
    if head and tail and not os.path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == ".":
            return
    try:
        _go.mkdir(name, mode)
    except OSError:
        if not exist_ok or not os.path.isdir(name):
            raise


def removedirs(name):
    import os
    _go.rmdir(name)
    head, tail = os.path.split(name)
    while head and tail:
        try:
            _go.rmdir(head)
        except OSError:
            break
        head, tail = os.path.split(head)


def renames(old, new):
    import os
    head, tail = os.path.split(new)
    if head and tail and not os.path.exists(head):
        makedirs(head)
    _go.rename(old, new)


def rename(src, dst):
    _go.rename(src, dst)


replace = rename


def unlink(path):
    _go.unlink(path)


remove = unlink


def rmdir(path):
    _go.rmdir(path)


def symlink(src, dst, target_is_directory=False):
    _go.symlink(src, dst)


def link(src, dst):
    _go.link(src, dst)


def readlink(path):
    return _go.readlink(path)


def chmod(path, mode):
    _go.chmod(path, mode)


def chown(path, uid, gid):
    _go.chown(path, uid, gid)


def utime(path, times=None, *, ns=None, follow_symlinks=True):
    if ns is None:
        import time
        ns = [time.time_ns()] * 2 if times is None else [int(t * 1_000_000_000) for t in times]
    _go.utime(path, *ns)


def truncate(path, length):
    _go.truncate(path, length)


def access(path, mode):
    return _go.access(path, mode)


def cpu_count():
    return _go.cpus()


def sched_getaffinity(pid):
    return set(range(_go.cpus()))


def uname():
    return uname_result._make(_go.uname())


def getloadavg():
    return _go.loadavg()


def times():
    import time
    return times_result(*_go.times(), time.monotonic())


def getlogin():
    import os
    return os.environ.get("LOGNAME") or os.environ.get("USER") or "root"


def get_terminal_size(fd=1):
    raise OSError(25, "Inappropriate ioctl for device")


def fsencode(filename):
    import os
    filename = os.fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    import os
    filename = filename if isinstance(filename, bytes) else os.fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def get_exec_path(env=None):
    import os
    return (os.environ if env is None else env).get("PATH", defpath).split(":")


def getcwdb():
    import os
    return fsencode(os.getcwd())


class PathLike:
    __subclasshook_go__ = lambda cls, other: cls is PathLike and hasattr(other, "__fspath__")

    def __class_getitem__(cls, item):
        return cls


def _exit(status):
    raise SystemExit(status)


def kill(pid, signal, /):
    _go.kill(pid, signal)


def killpg(pgid, signal, /):
    if pgid <= 0:
        raise ProcessLookupError(3, "No such process")
    _go.kill(-pgid, signal)


def system(command):
    import subprocess

    code = subprocess.Popen(command, shell=True).wait()
    return code << 8 if code >= 0 else -code


def popen(cmd, mode="r", buffering=-1):
    import subprocess

    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if mode == "r":
        process = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE, bufsize=buffering)
        return _Output(process, process.stdout)
    process = subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE, bufsize=buffering)
    return _Output(process, process.stdin)


class _Output:
    """The pipe of popen, whose close says how the command ended."""

    def __init__(self, process, pipe):
        self._process, self._pipe = process, pipe

    def close(self):
        self._pipe.close()
        code = self._process.wait()
        return None if code == 0 else code << 8

    def __getattr__(self, name):
        return getattr(self._pipe, name)

    def __iter__(self):
        return iter(self._pipe)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def waitstatus_to_exitcode(status):
    return status >> 8 if status & 0x7F == 0 else -(status & 0x7F)


getuid, getgid, geteuid, getegid, getpgrp, umask = _go.getuid, _go.getgid, _go.geteuid, _go.getegid, _go.getpgrp, _go.umask
strerror = _go.strerror
