import traceback
class A:
    def __init__(self, n): self.n = n
    def __enter__(self):
        if self.n == 1: raise ValueError("enter")
        return self
    def __exit__(self, *a):
        if self.n == 2: raise ValueError("exit")
def t(n, fail=False, two=0):
    try:
        if two:
            with A(0) as x, A(two) as y:
                pass
        with A(n) as b:
            if fail:
                raise KeyError("body")
            b = 1
    except Exception as e:
        print("".join(traceback.format_tb(e.__traceback__)))
t(1); t(2); t(2, True); t(0, False, 1); t(0, False, 2)
def a(f):
    try: f()
    except TypeError as x: print(x)
a(lambda: sorted([1],nothing=2)); a(lambda: [1].sort(nothing=1)); a(lambda: len(foo=1)); a(lambda: "a".join(foo=1))
