"""As much of test.support as CPython's own tests of re need."""
import unittest

_2G = 1 << 31
SHORT_TIMEOUT = 30.0
is_emscripten = is_wasi = False


def gc_collect():
    pass


def bigmemtest(size, memuse, dry_run=True):
    return lambda f: lambda self: self.skipTest("needs gigabytes")


def cpython_only(f):
    return lambda self: self.skipTest("of CPython's engine only")


def captured_stdout():
    raise unittest.SkipTest("looks at what CPython's engine prints")


def check_disallow_instantiation(case, cls, *args, **kw):
    with case.assertRaisesRegex(TypeError, f"cannot create '{cls.__module__}.{cls.__name__}' instances"):
        cls(*args, **kw)
