import inspect, functools
from inspect import Parameter, signature
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
def f(a, b: int, /, c=1, *args: str, d, e: float = 2.5, **kw) -> bool:
    """Doc
        more

      less
    """
def g(x, *, y): return x
async def co(): pass
def gen(): yield 1
async def agen(): yield 1
class K:
    "k"
    z = 5
    def __init__(self, p, q=None): self.p = p
    def m(self, a, b=2): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
    @property
    def pr(self): return 1
class Empty: pass
class Call:
    def __call__(self, v): pass
for x in (f, g, co, K, K(1).m, K.m, K.c, K.s, Empty, Call(), functools.partial(f, 1), functools.partial(g, y=3), functools.partial(f, c=5), lambda: 0, lambda *a: a): print(signature(x), repr(signature(x)))
s = signature(f)
for p in s.parameters.values(): print(p, repr(p), p.name, p.kind, repr(p.kind), p.kind.description, p.default is Parameter.empty, p.annotation)
print(s.return_annotation, signature(g).return_annotation is inspect.Signature.empty, list(s.parameters), s == signature(f), s.replace(return_annotation=int), s.parameters["a"] == s.parameters["b"])
b = s.bind(1, 2, 3, 4, d=5, z=6); print(b, b.arguments, b.args, b.kwargs)
b = s.bind(1, 2, d=5); b.apply_defaults(); print(b.arguments, b.args, b.kwargs); print(s.bind_partial(1).arguments)
for a, kw in (((), {}), ((1, 2), {}), ((1, 2, 3), {"c": 4, "d": 1}), ((1,), {"b": 2, "d": 1})): show(s.bind, *a, **kw)
show(signature(g).bind, 1, 2); show(signature(g).bind, 1, y=2, w=3); show(signature, 5)
@functools.wraps(g)
def w(*a, **k): pass
print(signature(w), signature(w, follow_wrapped=False), inspect.unwrap(w) is g)
print(sorted(inspect.getfullargspec(f).annotations), inspect.getfullargspec(f)[:6], inspect.getfullargspec(K.m), sorted(inspect.getcallargs(f, 1, 2, d=3).items()), repr(inspect.getdoc(f)), inspect.getdoc(K), inspect.getdoc(g), repr(inspect.cleandoc("  a\n    b\n   c\n\n")))
k = K(1); objs = {"f": f, "K": K, "k": k, "k.m": k.m, "len": len, "co": co, "gen": gen, "gen()": gen(), "agen": agen, "inspect": inspect, "K.c": K.c, "5": 5, "code": f.__code__, "partial": functools.partial(co)}
for n, x in objs.items(): print(n, [int(t(x)) for t in (inspect.isfunction, inspect.ismethod, inspect.isclass, inspect.isbuiltin, inspect.ismodule, inspect.isgenerator, inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isroutine, inspect.iscode, inspect.isabstract)])
print([n for n, _ in inspect.getmembers(K, inspect.isfunction)], [n for n, _ in inspect.getmembers(k, inspect.ismethod)], [n for n, v in inspect.getmembers(k) if not n.startswith("_")], inspect.getmro(K), inspect.getmodule(K).__name__, inspect.getattr_static(k, "p"), inspect.getattr_static(k, "nope", 7))
def who(): return inspect.currentframe().f_code.co_name, inspect.currentframe().f_back.f_code.co_name, inspect.stack()[1].function, inspect.stack()[0].lineno, inspect.getframeinfo(inspect.currentframe()).function
def outer(): return who()
print(outer()); print(sorted(inspect.get_annotations(f)), inspect.CO_VARARGS, f.__code__.co_flags & inspect.CO_VARKEYWORDS); show(inspect.getsource, len if False else 5) if False else None
try: 1 / 0
except Exception: print([i.function for i in inspect.trace()])
