import os
import sys

PREFIXES, ENABLE_USER_SITE, USER_SITE, USER_BASE = [sys.prefix, sys.exec_prefix], False, None, None


def addsitedir(sitedir, known_paths=None):
    sitedir = os.path.abspath(sitedir)
    if sitedir not in sys.path:
        sys.path.append(sitedir)
    try:
        names = sorted(n for n in os.listdir(sitedir) if n.endswith(".pth"))
    except OSError:
        return known_paths
    for name in names:
        addpackage(sitedir, name, known_paths)
    return known_paths


def addpackage(sitedir, name, known_paths):
    with open(os.path.join(sitedir, name)) as f:
        for line in f:
            line = line.strip()
            if line.startswith(("import ", "import\t")):
                raise ImportError(f"{name}: this worker runs no code of .pth files: {line}")
            if line and not line.startswith("#"):
                folder = os.path.abspath(os.path.join(sitedir, line))
                if folder not in sys.path and os.path.exists(folder):
                    sys.path.append(folder)
    return known_paths


def getsitepackages(prefixes=None):
    return [os.path.join(p, "lib", "python3.11", "site-packages") for p in dict.fromkeys(PREFIXES if prefixes is None else prefixes)]


def getuserbase():
    return os.path.expanduser("~/.local")


def getusersitepackages():
    return os.path.join(getuserbase(), "lib", "python3.11", "site-packages")
