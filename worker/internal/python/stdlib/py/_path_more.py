"""The part of os.path that is Python around _os_go."""
import _os_go as _go

curdir, pardir, extsep, altsep, pathsep, defpath, devnull, supports_unicode_filenames = ".", "..", ".", None, ":", "/bin:/usr/bin", "/dev/null", False


def _stat(path, follow=True):
    return _go.stat(path, follow)


def getatime(filename):
    return _stat(filename)[10] / 1e9


def getmtime(filename):
    return _stat(filename)[11] / 1e9


def getctime(filename):
    return _stat(filename)[12] / 1e9


def lexists(path):
    try:
        _stat(path, False)
    except OSError:
        return False
    return True


def islink(path):
    try:
        return _stat(path, False)[0] & 0o170000 == 0o120000
    except OSError:
        return False


def samefile(f1, f2):
    return _stat(f1)[1:3] == _stat(f2)[1:3]


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def ismount(path):
    try:
        here, above = _stat(path, False), _stat(_text(path).rstrip("/") + "/..")
    except OSError:
        return False
    return here[0] & 0o170000 != 0o120000 and (here[2] != above[2] or here[1] == above[1])


def _text(path):
    return path if isinstance(path, str) else path.__fspath__()


def normcase(s):
    return _text(s)


def splitdrive(p):
    p = _text(p)
    return "", p


def commonprefix(m):
    if not m:
        return ""
    m = [p if isinstance(p, (list, tuple)) else _text(p) for p in m]
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = [_text(p) for p in paths]
    if len({p.startswith("/") for p in paths}) != 1:
        raise ValueError("Can't mix absolute and relative paths")
    common = commonprefix([[part for part in p.split("/") if part and part != "."] for p in paths])
    return ("/" if paths[0].startswith("/") else "") + "/".join(common)


def realpath(filename, *, strict=False):
    """Follows the links of every part; a loop of links is left as it is, or refused if strict."""
    import os
    done, left, links = "/", os.path.abspath(filename).split("/")[::-1], 0
    while left:
        part = left.pop()
        if not part:
            continue
        here = done.rstrip("/") + "/" + part
        if part == "..":
            done = os.path.dirname(done)
        elif islink(here) and links < 40:
            links += 1
            target = _go.readlink(here)
            done = "/" if target.startswith("/") else done
            left.extend([p for p in target.split("/") if p != "."][::-1])
        else:
            if strict:
                _stat(here)
            done = here
    return done
