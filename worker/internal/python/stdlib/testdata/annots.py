from dataclasses import dataclass, field, fields, InitVar
import typing
from typing import ClassVar, List
@dataclass
class A:
    x: int
    n: ClassVar[int] = 3
    m: typing.ClassVar[List[int]] = []
    y: InitVar[int] = 5
    z: List[int] = field(default_factory=list)
    u: int | None = None
    def __post_init__(self, y): self.z.append(y)
print(A(1), A(1, 7), [f.name for f in fields(A)], A.n, A(2).u, sorted(A.__annotations__))
