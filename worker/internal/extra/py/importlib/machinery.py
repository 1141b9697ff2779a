import _extra_importlib as _go

SOURCE_SUFFIXES = [".py"]


class ModuleSpec:
    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name, self.loader, self.origin, self.loader_state = name, loader, origin, loader_state
        self.submodule_search_locations, self.cached, self.has_location = [] if is_package else None, None, False

    @property
    def parent(self):
        return self.name.rpartition(".")[0] if self.submodule_search_locations is None else self.name

    def __repr__(self):
        parts = [f"name={self.name!r}", f"loader={self.loader!r}"] + [f"origin={self.origin!r}"] * (self.origin is not None)
        return f"ModuleSpec({', '.join(parts)})"


class SourceFileLoader:
    def __init__(self, fullname, path):
        import os

        self.name, self.path = fullname, os.fspath(path)

    def get_filename(self, name=None):
        return self.path

    def get_data(self, path):
        with open(path, "rb") as f:
            return f.read()

    def get_source(self, fullname):
        return self.get_data(self.path).decode("utf-8")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        _go.run(module, self.path)

    def load_module(self, fullname=None):
        import sys

        module = _go.module(self.name, self.path)
        module.__loader__ = self
        sys.modules[self.name] = module
        try:
            self.exec_module(module)
        except BaseException:
            sys.modules.pop(self.name, None)
            raise
        return sys.modules[self.name]
