from dataclasses import *
from dataclasses import MISSING
import dataclasses
from typing import ClassVar, List, Optional
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
@dataclass
class P:
    x: int
    y: int = 2
    tags: List[str] = field(default_factory=list)
    k: ClassVar = 3
    hidden: str = field(default="h", repr=False, compare=False)
t(lambda: P(1)); t(lambda: P()); t(lambda: P(1, 2, [], "h", 5)); t(lambda: P(1, z=2)); t(lambda: P(1, x=2)); t(lambda: P(1) == P(1, hidden="o")); t(lambda: hash(P(1))); t(lambda: P(1) < P(2)); t(lambda: P.k)
t(lambda: [f.name for f in fields(P)]); t(lambda: P.__match_args__); t(lambda: asdict(P(1, tags=["a"]))); t(lambda: astuple(P(1))); t(lambda: replace(P(1), y=9)); t(lambda: P(1).tags is P(1).tags)
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0
t(lambda: sorted([V(2), V(1, 5), V(1)])); t(lambda: V(1) < V(1, 1)); t(lambda: hash(V(1)) == hash(V(1))); t(lambda: V(1) < 3)
v = V(1)
def setit(): v.major = 3
def delit(): del v.major
t(setit); t(delit)
@dataclass
class I:
    a: int
    scale: InitVar = 2
    total: int = field(init=False, default=0)
    def __post_init__(self, scale): self.total = self.a * scale
t(lambda: I(3)); t(lambda: I(3, 5)); t(lambda: I(3, scale=1).total); t(lambda: [f.name for f in fields(I)]); t(lambda: replace(I(3), total=3)); t(lambda: asdict(I(1)))
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 1
    c: int
t(lambda: K(1, c=2)); t(lambda: K(1, 2)); t(lambda: K(1)); t(lambda: K.__match_args__)
@dataclass(kw_only=True)
class KK(K):
    d: str = "d"
t(lambda: KK(1, c=3)); t(lambda: KK(1, 2))
def bad():
    @dataclass
    class B:
        a: int = 1
        b: int
t(bad)
def bad():
    @dataclass
    class B: a: list = []
t(bad)
def bad():
    @dataclass
    class B(V): z: int = 1
t(bad)
def bad():
    @dataclass
    class B: x = field(default=1)
t(bad)
t(lambda: field(default=1, default_factory=list))
@dataclass
class Node:
    name: str
    kids: "list[Node]" = field(default_factory=list)
    up: Optional["Node"] = None
n = Node("r", [Node("a"), Node("b", [Node("c")])]); t(lambda: n); t(lambda: asdict(n)); n.up = n; t(lambda: n)
t(lambda: asdict(P(1), dict_factory=lambda kv: dict(sorted(kv)))); t(lambda: asdict(3)); t(lambda: fields(3)); t(lambda: is_dataclass(P)); t(lambda: is_dataclass(P(1))); t(lambda: is_dataclass(3))
D = make_dataclass("D", ["q", ("x", int), ("y", int, field(default=5))], namespace={"add": lambda self: self.x + self.y}, frozen=True)
t(lambda: D(1, 2)); t(lambda: D(1, 2).add()); t(lambda: D.__name__); t(lambda: D.__annotations__)
@dataclass
class E(P):
    y: int = 7
    w: float = 1.0
t(lambda: E(1)); t(lambda: E.__init__.__qualname__); t(lambda: P.__doc__ is None)
@dataclass(eq=False)
class NE: a: int = 1
t(lambda: NE() == NE()); t(lambda: hash(NE()) != 0)
@dataclass(unsafe_hash=True)
class UH: a: int = 1
t(lambda: hash(UH()) == hash(UH()))
@dataclass(repr=False)
class NR:
    a: int = 1
    def __repr__(self): return "mine"
t(lambda: NR()); t(lambda: repr(fields(NR)[0]).replace(repr(MISSING), "M")); t(lambda: P.__dataclass_params__.order)
@dataclass(slots=True)
class SL: a: int = 1
t(lambda: SL(3))
match V(1, 2):
    case V(a, b): print(a, b)
t(lambda: InitVar[int]); t(lambda: P(*[1], **{"y": 3})); t(lambda: fields(P)[0].metadata); t(lambda: field(metadata={"a": 1}).metadata["a"])
@dataclass
class G:
    a: "int" = 1
    b: ClassVar = 2
t(lambda: G())
