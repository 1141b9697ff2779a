import fnmatch as _fnmatch
import os
from collections import namedtuple as _namedtuple

import _os_go as _go

COPY_BUFSIZE = 65536
_usage = _namedtuple("usage", "total used free")


class Error(OSError):
    pass


class SameFileError(Error):
    pass


class SpecialFileError(OSError):
    pass


class ExecError(OSError):
    pass


class ReadError(OSError):
    pass


class RegistryError(Exception):
    pass


def copyfileobj(fsrc, fdst, length=0):
    while True:
        buf = fsrc.read(length or COPY_BUFSIZE)
        if not buf:
            break
        fdst.write(buf)


def copyfile(src, dst, *, follow_symlinks=True):
    if os.path.exists(dst) and os.path.exists(src) and os.path.samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
    else:
        with open(src, "rb") as a, open(dst, "wb") as b:
            copyfileobj(a, b)
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    os.chmod(dst, os.stat(src).st_mode & 0o7777)


def copystat(src, dst, *, follow_symlinks=True):
    st = os.stat(src)
    os.utime(dst, ns=(st.st_atime_ns, st.st_mtime_ns))
    os.chmod(dst, st.st_mode & 0o7777)


def _into(src, dst):
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst)
    return dst


def ignore_patterns(*patterns):
    def ignore(path, names):
        return {n for p in patterns for n in _fnmatch.filter(names, p)}
    return ignore


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    names = os.listdir(src)
    ignored = ignore(os.fspath(src), names) if ignore is not None else set()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    for name in names:
        if name in ignored:
            continue
        a, b = os.path.join(src, name), os.path.join(dst, name)
        try:
            if os.path.islink(a) and symlinks:
                os.symlink(os.readlink(a), b)
            elif os.path.isdir(a):
                copytree(a, b, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            elif os.path.exists(a) or not ignore_dangling_symlinks:
                copy_function(a, b)
        except Error as e:
            errors.extend(e.args[0])
        except OSError as e:
            errors.append((a, b, str(e)))
    copystat(src, dst)
    if errors:
        raise Error(errors)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    def fail(function, name, e):
        if onerror is not None:
            onerror(function, name, (type(e), e, e.__traceback__))
        elif not ignore_errors:
            raise e
    try:
        if os.path.islink(path):
            raise OSError("Cannot call rmtree on a symbolic link")
        entries = list(os.scandir(path))
    except OSError as e:
        fail(os.scandir, path, e)
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            rmtree(entry.path, ignore_errors, onerror)
        else:
            try:
                os.unlink(entry.path)
            except OSError as e:
                fail(os.unlink, entry.path, e)
    try:
        os.rmdir(path)
    except OSError as e:
        fail(os.rmdir, path, e)


def move(src, dst, copy_function=copy2):
    real = dst
    if os.path.isdir(dst):
        real = os.path.join(dst, os.path.basename(os.fspath(src).rstrip("/")))
        if os.path.exists(real):
            raise Error(f"Destination path '{real}' already exists")
    try:
        os.rename(src, real)
    except OSError as e:
        if e.errno != 18:  # another file system
            raise
        if os.path.isdir(src):
            copytree(src, real, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, real)
            os.unlink(src)
    return real


def disk_usage(path):
    return _usage(*_go.statfs(path))


def chown(path, user=None, group=None):
    os.chown(path, -1 if user is None else user, -1 if group is None else group)


def which(cmd, mode=1, path=None):
    def runs(name):
        return os.path.exists(name) and os.access(name, mode) and not os.path.isdir(name)
    cmd = os.fspath(cmd)
    if os.path.dirname(cmd):
        return cmd if runs(cmd) else None
    for folder in (os.environ.get("PATH", os.defpath) if path is None else path).split(os.pathsep):
        if runs(os.path.join(folder, cmd)):
            return os.path.join(folder, cmd)
    return None


def get_terminal_size(fallback=(80, 24)):
    def number(name):
        text = os.environ.get(name, "")
        return int(text) if text.isdigit() else 0
    return os.terminal_size((number("COLUMNS") or fallback[0], number("LINES") or fallback[1]))


def get_archive_formats():
    return [("gztar", "gzip'ed tar-file"), ("tar", "uncompressed tar file"), ("zip", "ZIP file")]


def get_unpack_formats():
    return [("gztar", [".tar.gz", ".tgz"], "gzip'ed tar-file"), ("tar", [".tar"], "uncompressed tar file"), ("zip", [".zip"], "ZIP file")]


def _members(root, base):
    names = [base] if base != "." else []
    for folder, dirs, files in os.walk(os.path.join(root, base)):
        for n in sorted(dirs) + sorted(files):
            names.append(os.path.relpath(os.path.join(folder, n), root))
    return names


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None, logger=None):
    ends = {"zip": ".zip", "tar": ".tar", "gztar": ".tar.gz"}
    if format not in ends:
        raise ValueError(f"unknown archive format '{format}'")
    name, root = os.fspath(base_name) + ends[format], root_dir or os.curdir
    members = _members(root, base_dir or os.curdir)
    if format == "zip":
        import zipfile
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
            for m in members:
                if os.path.isdir(os.path.join(root, m)):
                    continue  # folders come with their files
                z.write(os.path.join(root, m), m)
    else:
        import tarfile
        with tarfile.open(name, "w:gz" if format == "gztar" else "w") as t:
            for m in members:
                t.add(os.path.join(root, m), m, recursive=False)
    return name


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    name = os.fspath(filename)
    if format is None:
        format = next((f for f, ends, _ in get_unpack_formats() if any(name.endswith(e) for e in ends)), None)
        if format is None:
            raise ReadError(f"Unknown archive format '{name}'")
    if format == "zip":
        import zipfile
        with zipfile.ZipFile(name) as z:
            z.extractall(extract_dir or os.getcwd())
    else:
        import tarfile
        with tarfile.open(name) as t:
            t.extractall(extract_dir or os.getcwd())
