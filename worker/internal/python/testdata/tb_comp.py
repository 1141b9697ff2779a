def g():
    yield 1
    raise ValueError("in g")
def run(f):
    try:
        f()
    except ValueError as e:
        tb = e.__traceback__
        import_tb(e)
def import_tb(e):
    raise RuntimeError("again") from e
def a():
    x = [v for v in g()]
    return x
try:
    run(a)
except RuntimeError:
    pass
a()
