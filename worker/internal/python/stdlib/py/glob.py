import fnmatch as _fnmatch
import os


def _magic(part):
    return any(c in part for c in "*?[")


def _below(folder, parts, root, hidden):
    """The paths under a folder that match the parts of a pattern; folder is as it will be shown."""
    if not parts:
        if os.path.lexists(os.path.join(root, folder) if root else folder or "."):
            yield folder
        return
    first, rest = parts[0], parts[1:]
    here = os.path.join(root, folder) if root else folder or "."
    if first == "**":
        yield from _deep(folder, rest, root, hidden)
    elif not _magic(first):
        path = os.path.join(folder, first) if folder else first
        if not first:
            if os.path.isdir(here):
                yield os.path.join(folder, "")
        else:
            yield from _below(path, rest, root, hidden)
    elif os.path.isdir(here):
        for name in os.listdir(here):
            if _fnmatch.fnmatchcase(name, first) and (hidden or first.startswith(".") or not name.startswith(".")):
                path = os.path.join(folder, name) if folder else name
                if not rest or os.path.isdir(os.path.join(root, path) if root else path):
                    yield from _below(path, rest, root, hidden)


def _deep(folder, rest, root, hidden):
    here = os.path.join(root, folder) if root else folder or "."
    if rest:
        yield from _below(folder, rest, root, hidden)
    elif folder:
        yield folder
    if not os.path.isdir(here):
        return
    for name in os.listdir(here):
        if not hidden and name.startswith("."):
            continue
        path = os.path.join(folder, name) if folder else name
        if os.path.isdir(os.path.join(root, path) if root else path):
            yield from _deep(path, rest, root, hidden)
        elif not rest:
            yield path


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname, root = os.fspath(pathname), "" if root_dir is None else os.fspath(root_dir)
    folder = "/" if pathname.startswith("/") else ""
    parts = [p for p in pathname.split("/")]
    parts = [p for p in parts[:-1] if p] + parts[-1:]
    if not recursive:
        parts = ["*" if p == "**" else p for p in parts]
    seen = set()
    for path in _below(folder, parts, root, include_hidden):
        if path not in seen:
            seen.add(path)
            yield path


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def escape(pathname):
    return "".join(f"[{c}]" if c in "*?[" else c for c in pathname)


def has_magic(s):
    return _magic(s)
