import os


def rmtree(path, ignore_errors=False, onerror=None):
    os._rmtree(path)


def copy(src, dst):
    with open(src, "rb") as a, open(dst, "wb") as b:
        b.write(a.read())
    return dst


copyfile = copy2 = copy


def move(src, dst):
    os.rename(src, dst)
    return dst
