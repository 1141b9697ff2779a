import sys

import _extra_importlib as _go
from importlib.machinery import ModuleSpec, SourceFileLoader


def find_spec(name, package=None):
    name = resolve_name(name, package)
    if name in sys.modules:
        return getattr(sys.modules[name], "__spec__", None) or ModuleSpec(name, None, origin=getattr(sys.modules[name], "__file__", None))
    parent = name.rpartition(".")[0]
    if parent:
        __import__(parent)
    file = _go.locate(name)
    if file is None:
        return None
    return spec_from_file_location(name, file) if file else ModuleSpec(name, None, origin="built-in")


def resolve_name(name, package):
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    dots = len(name) - len(name.lstrip("."))
    base = package.split(".")
    if dots > len(base):
        raise ImportError("attempted relative import beyond top-level package")
    return ".".join(base[: len(base) - dots + 1] + [name[dots:]] * bool(name[dots:]))


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    import os

    location = os.path.abspath(os.fspath(location))
    if loader is None:
        if not location.endswith(".py"):
            return None
        loader = SourceFileLoader(name, location)
    if submodule_search_locations is None and os.path.basename(location) == "__init__.py":
        submodule_search_locations = [os.path.dirname(location)]
    spec = ModuleSpec(name, loader, origin=location)
    spec.submodule_search_locations, spec.has_location = submodule_search_locations, True
    return spec


def module_from_spec(spec):
    if not isinstance(spec.loader, SourceFileLoader):
        __import__(spec.name)
        return sys.modules[spec.name]
    module = _go.module(spec.name, spec.origin)
    module.__spec__, module.__loader__ = spec, spec.loader
    return module
