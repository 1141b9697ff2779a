"""As much of unittest as CPython's own tests of re need, to run them in the worker's interpreter."""
import re as _re
import warnings as _warnings


class SkipTest(Exception):
    pass


def skipIf(condition, reason=""):
    def decorate(f):
        return (lambda self: self.skipTest(reason)) if condition else f
    return decorate


def skipUnless(condition, reason=""):
    return skipIf(not condition, reason)


class _Raises:
    def __init__(self, expected, pattern=None):
        self.expected, self.pattern, self.exception = expected, pattern, None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            raise AssertionError(f"{self.expected} not raised")
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        if self.pattern is not None and not _re.search(self.pattern, str(value)):
            raise AssertionError(f"{self.pattern!r} does not match {str(value)!r}")
        return True


class _Warns:
    """Stands in the place of warnings.warn while its block runs."""

    def __init__(self, category, pattern=None):
        self.category, self.pattern, self.warnings = category, pattern, []
        self.filename = "test_re.py"  # where a warning points to is not looked at here

    def __enter__(self):
        self.old = _warnings.warn

        def warn(message, category=UserWarning, stacklevel=1, source=None):
            self.warnings.append((str(message), category))
        _warnings.warn = warn
        return self

    def __exit__(self, kind, value, tb):
        _warnings.warn = self.old
        if kind is not None:
            return False
        for text, category in self.warnings:
            if issubclass(category, self.category) and (self.pattern is None or _re.search(self.pattern, text)):
                self.warning = category(text)
                return False
        raise AssertionError(f"{self.category.__name__} {self.pattern!r} not warned, but {self.warnings}")


class _SubTest:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False


class TestCase:
    maxDiff = None

    def __init__(self):
        self._cleanups = []

    def addCleanup(self, f, *args):
        self._cleanups.append((f, args))

    def setUp(self):
        pass

    def tearDown(self):
        pass

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg=None, **params):
        return _SubTest()

    def fail(self, msg=None):
        raise AssertionError(msg)

    def _check(self, ok, text, msg=None):
        if not ok:
            raise AssertionError(text() if msg is None else f"{text()}: {msg}")

    def assertEqual(self, a, b, msg=None):
        self._check(a == b, lambda: f"{a!r} != {b!r}", msg)

    def assertNotEqual(self, a, b, msg=None):
        self._check(a != b, lambda: f"{a!r} == {b!r}", msg)

    def assertTrue(self, a, msg=None):
        self._check(a, lambda: f"{a!r} is not true", msg)

    def assertFalse(self, a, msg=None):
        self._check(not a, lambda: f"{a!r} is not false", msg)

    def assertIs(self, a, b, msg=None):
        self._check(a is b, lambda: f"{a!r} is not {b!r}", msg)

    def assertIsNot(self, a, b, msg=None):
        self._check(a is not b, lambda: f"{a!r} is {b!r}", msg)

    def assertIsNone(self, a, msg=None):
        self._check(a is None, lambda: f"{a!r} is not None", msg)

    def assertIsNotNone(self, a, msg=None):
        self._check(a is not None, lambda: "unexpectedly None", msg)

    def assertIn(self, a, b, msg=None):
        self._check(a in b, lambda: f"{a!r} not in {b!r}", msg)

    def assertNotIn(self, a, b, msg=None):
        self._check(a not in b, lambda: f"{a!r} in {b!r}", msg)

    def assertLess(self, a, b, msg=None):
        self._check(a < b, lambda: f"{a!r} not less than {b!r}", msg)

    def assertGreaterEqual(self, a, b, msg=None):
        self._check(a >= b, lambda: f"{a!r} less than {b!r}", msg)

    def assertIsInstance(self, a, b, msg=None):
        self._check(isinstance(a, b), lambda: f"{a!r} is no {b!r}", msg)

    def assertRegex(self, text, pattern, msg=None):
        self._check(_re.search(pattern, text), lambda: f"{pattern!r} not found in {text!r}", msg)

    def assertRaises(self, expected, f=None, *args, **kw):
        if f is None:
            return _Raises(expected)
        with _Raises(expected):
            f(*args, **kw)

    def assertRaisesRegex(self, expected, pattern, f=None, *args, **kw):
        if f is None:
            return _Raises(expected, pattern)
        with _Raises(expected, pattern):
            f(*args, **kw)

    def assertWarns(self, category, f=None, *args, **kw):
        if f is None:
            return _Warns(category)
        with _Warns(category):
            f(*args, **kw)

    def assertWarnsRegex(self, category, pattern, f=None, *args, **kw):
        if f is None:
            return _Warns(category, pattern)
        with _Warns(category, pattern):
            f(*args, **kw)


def main():
    pass
