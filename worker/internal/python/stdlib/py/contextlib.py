from functools import wraps


class _Manager:
    def __init__(self, gen, again=None):
        self.gen, self.again = gen, again

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, tb):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as e:
            return e is not value
        except BaseException as e:
            if e is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")

    def __call__(self, fn):
        @wraps(fn)
        def inner(*args, **kw):
            with self.again():
                return fn(*args, **kw)
        return inner


def contextmanager(fn):
    @wraps(fn)
    def helper(*args, **kw):
        return _Manager(fn(*args, **kw), lambda: helper(*args, **kw))
    return helper


class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, typ, value, tb):
        return typ is not None and issubclass(typ, self._exceptions)


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc):
        self.thing.close()


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *exc):
        return None


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


class redirect_stdout:
    def __init__(self, target):
        self.target = target

    def __enter__(self):
        import sys
        self.old, sys.stdout = sys.stdout, self.target
        return self.target

    def __exit__(self, *exc):
        import sys
        sys.stdout = self.old


class ExitStack:
    def __init__(self):
        self._stack = []

    def enter_context(self, cm):
        v = cm.__enter__()
        self._stack.append(cm.__exit__)
        return v

    def callback(self, fn, *args, **kw):
        self._stack.append(lambda *exc: fn(*args, **kw) and None)

    def __enter__(self):
        return self

    def __exit__(self, typ, value, tb):
        swallowed = False
        while self._stack:
            if self._stack.pop()(typ, value, tb):
                swallowed, typ, value, tb = True, None, None, None
        return swallowed

    def close(self):
        self.__exit__(None, None, None)
