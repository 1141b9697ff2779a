import os
import uuid


def gettempdir():
    return os.environ.get("TMPDIR", "/tmp")


def mktemp(suffix="", prefix="tmp", dir=None):
    return os.path.join(dir or gettempdir(), prefix + uuid.uuid4().hex[:8] + suffix)


def mkdtemp(suffix="", prefix="tmp", dir=None):
    name = mktemp(suffix, prefix, dir)
    os.mkdir(name)
    return name


class TemporaryDirectory:
    def __init__(self, suffix="", prefix="tmp", dir=None):
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *exc):
        self.cleanup()

    def cleanup(self):
        os._rmtree(self.name)


class NamedTemporaryFile:
    def __init__(self, mode="w+b", suffix="", prefix="tmp", dir=None, delete=True):
        self.name, self.delete = mktemp(suffix, prefix, dir), delete
        self.file = open(self.name, mode)

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self.file.close()
        if self.delete and os.path.exists(self.name):
            os.remove(self.name)
