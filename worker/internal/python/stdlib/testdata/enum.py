from enum import *
import enum, copy, json
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def hot(self): return self is Color.RED
    @classmethod
    def first(cls): return cls.RED
    @property
    def low(self): return self.name.lower()
t(lambda: list(Color)); t(lambda: Color(1)); t(lambda: Color["GREEN"]); t(lambda: Color.CRIMSON is Color.RED); t(lambda: Color(9)); t(lambda: Color["X"]); t(lambda: Color.X); t(lambda: len(Color)); t(lambda: Color)
t(lambda: Color.RED.hot()); t(lambda: Color.first()); t(lambda: Color.RED.low); t(lambda: Color.__members__); t(lambda: Color.RED in Color); t(lambda: 1 in Color); t(lambda: list(reversed(Color)))
t(lambda: str(Color.RED)); t(lambda: f"{Color.RED:>12}"); t(lambda: repr(Color.RED)); t(lambda: Color.RED == 1); t(lambda: {Color.RED: 1}[Color.RED]); t(lambda: isinstance(Color.RED, Color)); t(lambda: type(Color.RED)); t(lambda: Color.RED < Color.GREEN)
def ext():
    class More(Color): X = 1
t(ext);  t(lambda: bool(Color.RED)); t(lambda: Color.RED.name + str(Color.RED.value)); t(lambda: copy.deepcopy(Color.RED) is Color.RED)
class S(str, Enum):
    A = "a"
    B = "b"
t(lambda: S.A == "a"); t(lambda: f"{S.A} {S.A!s} {S.A.value}"); t(lambda: S.A.upper()); t(lambda: json.dumps({"x": S.A})); t(lambda: S("b")); t(lambda: repr(S.A)); t(lambda: "%s" % S.A); t(lambda: {"a": 1}[S.A]); t(lambda: [s.value for s in S]); t(lambda: "x" + S.A); t(lambda: S("q"))
class I(IntEnum):
    ONE = auto()
    TWO = auto()
    TEN = 10
    NEXT = auto()
t(lambda: [int(i) for i in I]); t(lambda: I.ONE + 1); t(lambda: I.TWO > I.ONE); t(lambda: f"{I.ONE} {I.ONE:03d} {I.ONE!r}"); t(lambda: json.dumps([I.ONE])); t(lambda: I(10)); t(lambda: sorted([I.TWO, I.ONE])); t(lambda: range(5)[I.TWO]); t(lambda: I.ONE == 1)
class SE(StrEnum):
    FOO = auto()
    BAR = "bar!"
t(lambda: SE.FOO + ""); t(lambda: f"{SE.BAR} {SE.FOO!r}"); t(lambda: SE("foo"))
def bad():
    class SX(StrEnum): A = 1
t(bad)
class Planet(Enum):
    EARTH = (5.9, 6.3)
    MARS = (6.4, 3.3)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def g(self): return self.mass / self.radius
t(lambda: Planet.MARS.mass); t(lambda: round(Planet.EARTH.g, 3)); t(lambda: Planet((5.9, 6.3))); t(lambda: Planet.EARTH.value)
class Coord(bytes, Enum):
    def __new__(cls, value, label):
        o = bytes.__new__(cls, [value]); o._value_ = value; o.label = label; return o
    PX = (0, "P.X"); PY = (1, "P.Y")
t(lambda: Coord.PY.label); t(lambda: Coord(1)); t(lambda: Coord.PX.value)
class Auto(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last): return name.title() + str(count)
    AB = auto(); CD = auto()
t(lambda: [a.value for a in Auto])
class Miss(Enum):
    X = 1
    @classmethod
    def _missing_(cls, v): return cls.X if v == "x" else None
t(lambda: Miss("x")); t(lambda: Miss("y"))
F = Enum("F", "A B C"); t(lambda: list(F)); F = Enum("F", ["X", "Y"], start=5); t(lambda: list(F)); F = Enum("F", {"P": "p"}); t(lambda: F.P); F = IntEnum("F", [("Q", 3)]); t(lambda: F.Q); F = Enum("F", "s", type=str); t(lambda: F.s)
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
t(lambda: P.R | P.W); t(lambda: P.R | P.X); t(lambda: list(P)); t(lambda: list(P.RW)); t(lambda: P.R in P.RW); t(lambda: P.X in P.RW); t(lambda: ~P.R); t(lambda: P.R & P.W); t(lambda: bool(P.R & P.W)); t(lambda: P.R ^ P.RW); t(lambda: P(3)); t(lambda: P(5)); t(lambda: P(16)); t(lambda: str(P.R | P.X)); t(lambda: str(P(0))); t(lambda: P.R | 1); t(lambda: len(P.RW)); t(lambda: (P.R | P.X).value); t(lambda: (P.R|P.X).name); t(lambda: P); t(lambda: P(5) is P(5)); t(lambda: P("a"))
class IF(IntFlag):
    A = 1; B = 2; C = 4
t(lambda: IF.A | IF.B); t(lambda: IF.A | 8); t(lambda: IF(9)); t(lambda: str(IF.A | IF.B)); t(lambda: f"{IF.B:04b}"); t(lambda: ~IF.A); t(lambda: IF.A + 1); t(lambda: IF.A | IF.B == 3); t(lambda: 2 | IF.A); t(lambda: IF(0)); t(lambda: (IF.A | IF.C).name); t(lambda: IF.A in IF(3)); t(lambda: list(IF(5)))
def un():
    @unique
    class U(Enum): A = 1; B = 1
t(un)
def ve():
    @verify(CONTINUOUS)
    class U(IntEnum): A = 1; B = 4
t(ve)
def ve():
    @verify(UNIQUE)
    class U(Enum): A = 1; B = 1
t(ve)
class N(Enum):
    A = 1
    b = nonmember(5)
    @member
    def C(): pass
    _ignore_ = "i"
    i = 3
t(lambda: list(N.__members__)); t(lambda: N.b); t(lambda: FlagBoundary.STRICT); t(lambda: enum.EnumMeta is enum.EnumType); t(lambda: list(EnumCheck)[0].name)
class Conf(Flag, boundary=CONFORM):
    A = 1; B = 2
t(lambda: Conf(7)); t(lambda: show_flag_values(5) if 0 else enum.show_flag_values(5))
class Ej(Flag, boundary=EJECT):
    A = 1
t(lambda: Ej(4))
class L(Enum):
    A = []
    B = {"k": 1}
t(lambda: L([])); t(lambda: L({"k": 1})); t(lambda: [x for x in L])
match Color.RED:
    case Color.RED: print("red")
t(lambda: Color.__name__); t(lambda: Color.RED.__class__.__name__); t(lambda: isinstance(S.A, str)); t(lambda: S.A in ("a", "b")); t(lambda: "a" in [s.value for s in S]); t(lambda: str(I.ONE) + str(S.A)); t(lambda: Enum("E", "A").A)

import enum as _e


class Unordered(_e.IntFlag):
    A = 4
    B = 1
    C = 2


print(list(Unordered(7)), repr(Unordered(7)), list(Unordered))
