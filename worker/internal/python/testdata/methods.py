def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Singleton(type):
    _instances = {}
    def __call__(cls, *a, **k):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*a, **k)
        return cls._instances[cls]
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        cls.registered = name
class S(metaclass=Singleton):
    def __init__(self, x): self.x = x
show(lambda: (S(1) is S(2), S(3).x, S.registered))
class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        ns['extra'] = 1
        return super().__new__(mcs, name, bases, ns)
    def __len__(cls): return 3
    def __contains__(cls, x): return x == 1
    def __getitem__(cls, i): return i * 2
    def __iter__(cls): return iter('ab')
class M(metaclass=Meta): pass
show(lambda: (M.extra, len(M), 1 in M, M[4], list(M)))
show(lambda: type('T', (object,), {'x': 1})().x)
def f():
    a = 1
    b = 2
    return locals()
show(f)
show(lambda: int.from_bytes(b'\x01\x02', 'little'))
show(lambda: 'abc'.translate(str.maketrans('ab', 'xy', 'c')))
show(lambda: 'ẞß'.casefold())
show(lambda: print('x', flush=True, end='!\n', sep=''))
show(lambda: (3).__add__(4))
show(lambda: (3).__add__('x'))
show(lambda: int.__add__(3, 4))
show(lambda: 'a'.__lt__('b'))
show(lambda: [1].__iadd__([2]))
show(lambda: (7).__divmod__(2))
show(lambda: (7.5).__floor__())
show(lambda: round(7.567, 2).__round__(1))
show(lambda: (-7).__abs__())
show(lambda: {1, 2}.__and__({2}))
show(lambda: {1: 2}.__or__({3: 4}))
show(lambda: sorted([3, 1, 2], key=int.__neg__))
show(lambda: list(map(str.__len__, ['a', 'bb'])))
show(lambda: (1).as_integer_ratio())
show(lambda: float.fromhex('0x1.8p1'))
show(lambda: (1.5).conjugate())
show(lambda: b'a\tb'.expandtabs(4))
show(lambda: b'abc'.isascii())
show(lambda: b'Abc Def'.istitle())
show(lambda: b'abc'.translate(bytes.maketrans(b'ab', b'xy'), b'c'))
show(lambda: b'abc'.translate(None, b'c'))
def ba():
    x = bytearray(b'abc')
    x.insert(1, 100); y = x.copy(); x.reverse(); p = y.pop(); y.remove(100); q = y.pop(0)
    x[0:1] = b'zz'; x += b'!'
    del x[0]
    return x, y, p, q, bytearray.fromhex('0102')
show(ba)
show(lambda: bytearray(b'a').pop(5))
show(lambda: bytearray().pop())
show(lambda: bytearray(b'a').remove(5))
show(lambda: object().__dir__() == object().__dir__())
show(lambda: object().__lt__(1))
try:
    b'\xff'.decode()
except UnicodeDecodeError as e:
    show(lambda: (e.encoding, e.object, e.start, e.end, e.reason))
try:
    'é'.encode('ascii')
except UnicodeEncodeError as e2:
    show(lambda: (e2.encoding, e2.object, e2.start, e2.end, e2.reason))
try:
    import nope
except ImportError as e3:
    show(lambda: (e3.name, e3.path, e3.msg))
try:
    nope
except NameError as e4:
    show(lambda: e4.name)
try:
    (1).x
except AttributeError as e5:
    show(lambda: (e5.name, e5.obj))
show(lambda: AttributeError('x').name)
def kw(a, *, b=3): pass
show(lambda: (kw.__kwdefaults__, kw.__closure__, f.__closure__))
def outer():
    z = 5
    def inner(): return z
    return inner
show(lambda: outer().__closure__[0].cell_contents)
def gen():
    yield 1
g = gen()
show(lambda: (g.__name__, g.__qualname__, g.gi_running, g.gi_frame is None))
show(lambda: len.__call__([1]))
show(lambda: [].append.__self__)
show(lambda: (lambda: 1).__call__())
show(lambda: list(reversed(range(3))) + list(range(3).__reversed__()) + list([1,2].__reversed__()))
show(lambda: range(5).start)
show(lambda: (range(0, 10, 3)[-1], range(10)[2:5], range(10).index(3), range(3) == range(0, 3), hash(range(3)) == hash(range(3))))
show(lambda: slice(1, 2).indices(5))
show(lambda: {}.keys().mapping)
show(lambda: ({1: 2}.keys() & {1}, {1: 2}.items() | {(3, 4)}, {1: 2}.keys() - {1}))
show(lambda: BaseException.__mro__)
show(lambda: [c.__name__ for c in (BytesWarning, ImportWarning, UnicodeWarning, EncodingWarning)])
class Prop:
    @property
    def a(self):
        "doc"
        return 1
show(lambda: (Prop.a.__doc__, Prop.a.fget.__name__, Prop.a.__get__(Prop()), Prop.a.__isabstractmethod__))
show(lambda: Prop.a.__set__(Prop(), 1))
show(lambda: type.__call__(dict, a=1))
show(lambda: dict.__or__({1: 1}, {2: 2}))
show(lambda: isinstance(1, int | str))
def ex():
    try:
        exit(3)
    except SystemExit as e:
        return e.code
show(ex)
show(lambda: memoryview(b'abc')[1:].tobytes())
show(lambda: (memoryview(b'abc')[0], len(memoryview(b'abc')), bytes(memoryview(b'xy'))))
show(lambda: "é".isidentifier())
show(lambda: ('²'.isdigit(), '²'.isdecimal(), '½'.isnumeric(), '½'.isdigit()))
show(lambda: ("Hello World".istitle(), "HELLO".isupper(), "1".isupper(), "a1".islower()))
show(lambda: "they're bill's".title())
show(lambda: "ŉ".upper())
show(lambda: "ﬁ".upper())
show(lambda: "İ".lower())
show(lambda: "ΑΣ".lower())
show(lambda: b'\xe9a'.upper())
show(lambda: b'\xe9'.isalpha())
show(lambda: (True + True, True & False, True | 2, ~True, -True, True ^ True))
show(lambda: "%s %r %d %5.2f %x %o %e %g %c %%" % ('a', 'b', 3, 2.5, 255, 8, 12345.678, 0.0001, 'z'))
show(lambda: int('  12_3 '))
show(lambda: vars(Prop()))
show(lambda: callable(len))
show(lambda: __builtins__ is not None)
show(lambda: globals()['f'] is f)
show(lambda: sum([[1], [2]], []))
show(lambda: max([], default=3))
show(lambda: max('a', 'bb', key=len))
show(lambda: divmod(-7, 2))
show(lambda: pow(2, -1, 7))
show(lambda: eval('1 + 2'))
show(lambda: hash(1.0) == hash(1))
show(lambda: bin(-5) + hex(255) + oct(8))
show(lambda: chr(0x1f600) + str(ord('é')))
show(lambda: [*zip([1, 2], 'ab', strict=True)])
show(lambda: list(zip([1], 'ab', strict=True)))
show(lambda: sorted({'b': 1, 'a': 2}.items(), key=lambda kv: kv[1], reverse=True))
show(lambda: setattr(Prop, 'zz', 3) or Prop.zz)
show(lambda: delattr(Prop, 'zz') or hasattr(Prop, 'zz'))
show(lambda: issubclass(bool, int))
show(lambda: isinstance(True, (str, (int,))))
show(lambda: next(iter([]), 'd'))
show(lambda: ascii('é'))
show(lambda: format(1234.5, ',.2f') + format(5, '>4') + format(True, 'd'))
show(lambda: input)
show(lambda: frozenset([1]).union([2]) == {1, 2})
show(lambda: {1, 2, 3}.symmetric_difference([3, 4]))
show(lambda: [1, 2, 3].index(3, 1, 3))
show(lambda: (1, 2, 2).count(2))
show(lambda: {'a': 1} | {'b': 2})
show(lambda: dict(zip('ab', [1, 2])) == {'a': 1, 'b': 2})
show(lambda: {}.popitem())
show(lambda: "a,b,,c".rsplit(",", 2))
show(lambda: "x".join(str(i) for i in range(3)))
show(lambda: "abc".partition("b") + "abcb".rpartition("b"))
show(lambda: "aXbX".rfind("X") + "aXbX".rindex("X"))
