class Err(Exception):
    pass

def a(n):
    if n == 0:
        raise Err("deep",
                  n)
    return a(n - 1)

def b():
    try:
        a(2)
    except Err as e:
        x = [1, 2]
        return x[5] + e.args[0]

def c(fn, *args):
    return fn(*args)

try:
    c(b)
except IndexError as e:
    err = e
def d():
    with open("/nonexistent/file") as f:
        pass
try:
    d()
except OSError as e:
    raise ValueError("final: %s" % e) from err
